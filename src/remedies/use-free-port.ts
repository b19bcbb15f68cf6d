import type { Claim } from '../model/claims.js';
import type { FileFacts, Span } from '../model/facts.js';
import type { Place } from '../model/place.js';
import { refusal, remedy, type Broken } from '../model/remedy.js';
import { namePattern } from '../model/style.js';
import { allSteps, callAt, isIn, isSame, rootOf } from '../model/code.js';

export default remedy({
  id: 'use-free-port',
  rules: ['fixed-port'],
  summary: 'Binds port 0, where the file reads the port back from the server and names the number nowhere else.',
  repair(broken) {
    const { finding, text, facts, schedule, story } = broken;
    if (schedule.unit === 'cluster') return refusal('in a cluster port 0 is one port for all workers');
    const port = /^`?(\d{2,5})`?$/.exec(finding.values['port'] ?? '')?.[1];
    if (port === undefined) return refusal('the port is not a number written in this file');
    const found = [...text.matchAll(new RegExp(`(?<![\\w.])${port}(?![\\w.])`, 'g'))].filter(({ index }) => !isCommented(text, index));
    const [only] = found;
    if (!only || found.length > 1) return refusal(!only ? 'the port is not a number written in this file' : 'the number stands in other places too');
    const span = [only.index, only.index + port.length] as const;
    const bind = story.claims.find(
      (each) =>
        each.resource.kind === 'network-port' &&
        each.op === 'bind' &&
        each.at.path === facts.path &&
        (isIn(span, each.at.span) || isDecidedAt(each, span, facts)),
    );
    if (!bind) return refusal('the call that binds it stands in another file');
    if (!isIn(span, bind.at.span) && !isNamedOnce(broken, span)) return refusal('the constant is used in other places too');
    if (!isRead(broken, bind.at)) return refusal('the port is not read back from the server');
    return { kind: 'edits', says: 'Bind port 0: the file reads the port back from the server.', edits: [{ span, text: '0' }] };
  },
});

const isDecidedAt = ({ decidedAt }: Claim, span: Span, { path }: FileFacts): boolean => decidedAt?.path === path && isIn(span, decidedAt.span);

/** `const PORT = 4310;` whose name stands at its declaration and in the call that binds, and nowhere else. */
function isNamedOnce({ facts, text }: Broken, span: Span): boolean {
  const declared = [...allSteps(facts)].find(({ step }) => step.do === 'bind' && step.declares && isSame(step.value.at, span))?.step;
  if (declared?.do !== 'bind' || declared.to.kind !== 'binding') return false;
  const { name } = facts.bindings[declared.to.binding]!;
  return [...text.matchAll(namePattern(name, 'g'))].length === 2;
}

const isCommented = (text: string, at: number): boolean =>
  /^\s*(\/\/|\*)/.test(text.slice(text.lastIndexOf('\n', at) + 1, at)) || /(?:^|\s)\/\/[^'"`]*$/.test(text.slice(text.lastIndexOf('\n', at) + 1, at));

/** `server.address().port` of the server that binds, or the server handed to a client that asks it. */
function isRead({ facts }: Broken, at: Place): boolean {
  const bind = callAt(facts, at);
  if (!bind) return false;
  const names = new Set<string>();
  const root = rootOf(bind.callee, facts);
  if (root.kind === 'ref') names.add(facts.bindings[root.binding]!.name);
  for (const { step } of allSteps(facts)) {
    if (step.do === 'bind' && step.value.kind === 'result' && facts.calls[step.value.call] === bind && step.to.kind === 'binding')
      names.add(facts.bindings[step.to.binding]!.name);
  }
  return facts.calls.some(({ callee }) => {
    if (callee.kind !== 'member' || callee.key !== 'address') return false;
    const of = rootOf(callee.of, facts);
    return of.kind === 'ref' && names.has(facts.bindings[of.binding]!.name);
  });
}
