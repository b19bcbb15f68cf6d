import type { Call, FileFacts, Value } from '../../model/facts.js';
import { isIn, originOf, rootOf } from '../../model/code.js';
import { nameText } from '../../model/names.js';
import type { Shared } from '../../model/plan.js';
import { refusal, type Refusal } from '../../model/remedy.js';
import { allValues } from '../../model/values.js';
import { isOurs } from './ours.js';
import { reachedBy } from './others.js';

/**
 * An application that runs by itself, and to which the tests send requests: what they write for it into a database of their own, it would not find.
 * Told by a port of this machine that no worker of the suite binds.
 */
export function servedOutside(shared: Shared): Refusal | undefined {
  const reached = reachedBy(shared).flatMap((path) => shared.project.facts(path) ?? []);
  const ours = new Set(reached.filter(({ path }) => isOurs(shared, path)));
  if (![...ours].some((facts) => facts.calls.some((call) => isRequest(call, facts)))) return undefined;
  const product = reached.filter((facts) => !ours.has(facts));
  for (const facts of ours) {
    for (const value of allValues(facts)) {
      const port = value.kind === 'const' && typeof value.value === 'string' ? LOOPBACK.exec(value.value)?.[1] : undefined;
      if (port === undefined || !isAsked(value, facts) || isInside(shared, port) || product.some((each) => names(each, port))) continue;
      return refusal(
        `\`${facts.path}\` sends requests to port ${port}, which no worker binds: an application that runs by itself would go on with the shared one`,
      );
    }
  }
  return undefined;
}

const LOOPBACK = /^https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]):(\d+)/;

/** Packages whose calls send requests. What `supertest` is given is most often the application itself. */
const CLIENTS = /^(?:axios|got|ky|node-fetch|cross-fetch|isomorphic-fetch|undici|superagent|needle|request|request-promise(?:-native)?|(?:node:)?https?)$/;

function isRequest({ callee }: Call, facts: FileFacts): boolean {
  const root = rootOf(callee, facts);
  if (root.kind === 'outer') return root.name === 'fetch';
  return root.kind === 'ref' && CLIENTS.test(originOf(root.binding, facts)?.from ?? '');
}

/** The address stands in a request, or has a name that other files can use. */
function isAsked(value: Value, facts: FileFacts): boolean {
  const around = facts.calls.filter(({ args }) => args.some((each) => isIn(value.at, each.value.at)));
  if (around.length > 0) return around.some((call) => isRequest(call, facts));
  const exported = facts.exports.flatMap((each) => ('value' in each ? [each.value] : []));
  const named = new Set(exported.flatMap((each) => (each.kind === 'ref' ? [each.binding] : [])));
  return (
    exported.some((each) => isIn(value.at, each.at)) ||
    facts.functions[0]!.body.some((step) => step.do === 'bind' && step.to.kind === 'binding' && named.has(step.to.binding) && isIn(value.at, step.value.at))
  );
}

/** A worker binds the port, or a service that the suite is known to use has it. What global set-up starts runs in no worker. */
const isInside = ({ audited }: Shared, port: string): boolean =>
  [...audited.stories, ...audited.setup].some(({ claims }) =>
    claims.some(
      ({ resource, by }) =>
        by.role !== 'global-setup' &&
        [resource.server, ...(resource.kind === 'network-port' ? [resource.name] : [])].some((each) => hasNumber(nameText(each), port)),
    ),
  );

const hasNumber = (text: string, port: string): boolean => new RegExp(`(?<!\\d)${port}(?!\\d)`).test(text);

/** Code of the product that runs with the tests and names the port may bind it. */
const names = (facts: FileFacts, port: string): boolean =>
  [...allValues(facts)].some((value) => value.kind === 'const' && hasNumber(String(value.value), port));
