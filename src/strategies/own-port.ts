import { allSteps, isIn, isSame, pathOf } from '../model/code.js';
import type { Claim } from '../model/claims.js';
import type { Call, FileFacts, Fn, Span, Value } from '../model/facts.js';
import { nameText } from '../model/names.js';
import { isWithin } from '../model/paths.js';
import { refusal, type Refusal } from '../model/remedy.js';
import type { Place } from '../model/place.js';
import { strategy, type Plan, type ProjectView, type Shared } from '../model/plan.js';
import { freshName, indentAt, lineStart, styleOf } from '../model/style.js';
import { allValues, isAssertion } from '../model/values.js';
import { decision, entryOf } from './support/code.js';
import { Draft } from './support/edits.js';
import { isOfGlobalSetup } from './support/main-process.js';
import { isOurs, LIBRARY_NEEDS } from './support/ours.js';
import { reachedBy } from './support/others.js';
import { PLAIN_NEEDS, workerVariable } from './support/plain.js';
import { pointEnvironment, type Variable } from './support/setup.js';
import { fromVariable } from './support/variables.js';

/** For numbers that servers and clients of the tests both name: where the file reads its port back, the remedy binds 0 instead. */
export default strategy({
  id: 'own-port',
  kinds: ['network-port'],
  summary: 'A port for each worker, or a free one for each test of a file that binds it again and again, wherever the tests name the number.',
  plan(shared) {
    const port = /^`?(\d{2,5})`?$/.exec(shared.finding.values['port'] ?? '')?.[1];
    if (port === undefined) return refusal('the port is no number that is written in the tests');
    if (shared.audited.schedule.unit === 'cluster') return refusal('workers of a cluster share their ports');
    if (shared.finding.variant === 'again') return forEachTest(shared, port);
    const binds = shared.claims.filter((each) => each.op === 'bind');
    if (binds.length === 0) return refusal('the call that binds it is not seen');
    const draft = new Draft();
    const creates = new Map<string, string>();
    const variables = new Map<string, Variable>();
    for (const { decidedAt, at, resource } of binds) {
      if (!decidedAt) return refusal(`what decides it is not known where \`${at.path}\` binds it`);
      if (isOurs(shared, decidedAt.path)) continue;
      const why = fromVariable(shared, resource, decidedAt, 'port', variables);
      if (why) return why;
    }
    let says = `Take a port of the worker's own in the place of ${port}, for the server and for its clients.`;
    const stand = standFor(shared, port);
    for (const path of new Set([...reachedBy(shared), ...binds.map((each) => each.decidedAt!.path)])) {
      if (!isOurs(shared, path)) {
        if (variables.size === 0 && isNamedIn(shared.project, path, port, (facts, value) => isReplacedFallback(shared, facts, value)))
          return refusal(`\`${path}\` names the port too, which is no code of the tests`);
        continue;
      }
      const why = replaced(
        shared,
        path,
        stand,
        binds.flatMap((each) => (each.decidedAt?.path === path ? [each.decidedAt.span] : [])),
        draft,
      );
      if (why) return why;
    }
    const told = configured(shared, port, draft, variables);
    if (told) return told;
    const byDefault = foundByDefault(shared, port, draft, binds);
    if (byDefault) return byDefault;
    const names = [...draft.edits.keys()].flatMap((path) => draft.changed(path).flatMap((span) => namesOf(shared, { path, span })));
    const counted = countedFrom(shared, [...names, ...variables.keys()], port);
    if (counted) return counted;
    if (variables.size > 0) {
      const set = pointEnvironment(shared, [...variables.values()], draft, creates);
      if (typeof set !== 'string') return set;
      says = set;
    }
    const edits = draft.done(shared);
    if ('kind' in edits) return edits;
    return {
      kind: 'plan',
      says,
      why:
        variables.size > 0
          ? 'Server and clients read the number from the same variable.'
          : 'The number stands in several places, on the side of the server and of its clients: one call gives them all the same port.',
      needs: shared.runtime ? LIBRARY_NEEDS : [...PLAIN_NEEDS, `Nothing else on the machine uses the ${MOST_WORKERS} ports behind ${port}.`],
      edits,
      creates,
    };
  },
});

/** A call of the library, which finds ports that are free, or plainly the number of the worker on top. */
function standFor(shared: Shared, port: string): Stand {
  if (shared.runtime) return { port, uses: 'workerPort', at: () => `workerPort(${port})` };
  const near = neighbourOf(shared, Number(port));
  return {
    port,
    at(place) {
      if (near !== undefined)
        return refusal(`a worker's port would meet ${near}, and only \`workerPort\` of \`isolation-audit/worker\` finds one that is free`);
      const variable = workerVariable(shared, place);
      return 'kind' in variable ? variable : `${port} + ${variable.number}`;
    },
  };
}

/** More workers than a run has. */
const MOST_WORKERS = 64;

/** Another port of the suite, of its services or its configuration, that is so near that ports of workers could meet. */
function neighbourOf({ audited, project }: Shared, port: number): number | undefined {
  if (port + MOST_WORKERS > LAST_PORT) return LAST_PORT;
  const stories = [...audited.stories, ...audited.setup];
  const claimed = stories.flatMap(({ claims }) =>
    claims.flatMap(({ resource }) => [nameText(resource.server), ...(resource.kind === 'network-port' ? [nameText(resource.name)] : [])]),
  );
  const counted = [...new Set(stories.flatMap(({ file, reached }) => [file, ...reached]))].flatMap(
    (path) => project.text(path)?.match(/\b\d{2,5} \+ Number\(process\.env\./g) ?? [],
  );
  const texts = [...claimed, ...counted, ...project.configuration().map((path) => project.text(path) ?? '')];
  const numbers = texts.flatMap((text) => (text.match(/(?<![\w.])\d{2,5}(?![\w.])/g) ?? []).map(Number));
  return numbers.find((each) => each !== port && Math.abs(each - port) <= MOST_WORKERS);
}

const LAST_PORT = 65_535;

/** Ports that clients take where nobody names one, with the schemes of their addresses (IANA's service names and port numbers). */
const DEFAULT_PORTS = new Map([
  ['80', 'http|ws'],
  ['443', 'https|wss'],
  ['1883', 'mqtt|tcp'],
  ['3306', 'mysql|mariadb'],
  ['4222', 'nats'],
  ['5432', 'postgres|postgresql'],
  ['5672', 'amqp'],
  ['6379', 'redis|valkey'],
  ['7687', 'bolt|neo4j'],
  ['8883', 'mqtts'],
  ['11211', 'memcached'],
  ['27017', 'mongodb'],
]);

/** `connect('mqtt://localhost')` beside `listen(1883)`: clients that name no port would go on to the old one. */
function foundByDefault(shared: Shared, port: string, draft: Draft, binds: readonly Claim[]): Refusal | undefined {
  const schemes = DEFAULT_PORTS.get(port);
  if (schemes === undefined) return undefined;
  const address = new RegExp(`^(?:${schemes})://(?:[^/@]*@)?(?:[^/:@?]+|\\[[^\\]]*\\])(?:[/?]|$)`);
  const silent = reachedBy(shared).find((path) => {
    const facts = shared.project.facts(path);
    return facts && [...allValues(facts)].some((value) => value.kind === 'const' && address.test(String(value.value)));
  });
  const isSaid = [...draft.edits.keys()].some((path) =>
    draft.changed(path).some((span) => !binds.some(({ decidedAt }) => decidedAt?.path === path && isSame(decidedAt.span, span))),
  );
  if (silent === undefined && isSaid) return undefined;
  return refusal(`clients take ${port} where nobody names a port${silent === undefined ? '' : `, as in \`${silent}\``}: bind port 0 and tell them which it is`);
}

/** `"url": "http://localhost:4310"`: who reads it, the product perhaps, would go on to the old port. */
function configured({ project, use }: Shared, port: string, draft: Draft, variables: ReadonlyMap<string, unknown> = new Map()): Refusal | undefined {
  const key = new RegExp(`port["']?\\s*[:=]\\s*["']?${port}(?!\\d)`, 'i');
  const named = project.configuration().find((path) => {
    if (draft.edits.has(path) || !isOfPackage(path, use.dir)) return false;
    if (project.facts(path)) return isNamedIn(project, path, port);
    const lines = (project.text(path) ?? '').split('\n').filter((line) => !variables.has(/^\s*(?:export\s+)?(\w+)\s*=/.exec(line)?.[1] ?? ''));
    return lines.some((line) => isAddress(line, port) || (!OF_TOOLS.test(path) && key.test(line)));
  });
  return named === undefined ? undefined : refusal(`\`${named}\` names the port too, where it would stay as it is`);
}

/** In the folder of the suite, or in one around it or its `config`; examples are programs of their own. */
function isOfPackage(path: string, dir: string): boolean {
  const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 0)).replace(/(?:^|\/)config$/, '');
  return (isWithin(path, dir) && !/(?:^|\/)(?:examples?|samples?|demos?|docs?)\//.test(path)) || isWithin(dir, folder);
}
/** Their ports are those of programs that run beside the tests, or not at all then. */
const OF_TOOLS = /(?:^|\/)(?:package|[\w.-]*compose[\w.-]*)\.\w+$|(?:^|\/)\.(?:github|circleci|vscode)\//;

/** What stands for the number afterwards, and the name that it takes from the library, if any. */
interface Stand {
  readonly port: string;
  readonly uses?: string;
  readonly at: (place: Place) => string | Refusal;
}

/** Puts it wherever the file names the number as a port. */
function replaced(shared: Shared, path: string, { port, uses, at: standAt }: Stand, decided: readonly Span[], draft: Draft): Refusal | undefined {
  const [text, facts] = [shared.project.text(path), shared.project.facts(path)];
  if (text === undefined || !facts) return undefined;
  for (const value of allValues(facts)) {
    const written = text.slice(...value.at);
    const isNumber = value.kind === 'const' && String(value.value) === port;
    const isText = value.kind === 'const' && typeof value.value === 'string' && isAddress(value.value, port) && /^['"]/.test(written);
    const isTemplate = value.kind === 'text' && written.startsWith('`') && isAddress(written, port);
    if (!(isNumber || isText || isTemplate)) continue;
    if (isNumber && !decided.some((span) => isSame(span, value.at)) && !speaksOfPorts(facts, value, text)) continue;
    const stand = standAt({ path, span: value.at });
    if (typeof stand !== 'string') return stand;
    if (isNumber) {
      const isOpen = /\s/.test(stand) && /^\s*[.[]/.test(text.slice(value.at[1]));
      draft.replace(path, value.at, typeof value.value === 'string' ? `String(${stand})` : isOpen ? `(${stand})` : stand);
    } else if (isText) {
      if (/[`\\]|\$\{/.test(written)) return refusal(`an address in \`${path}\` is written in a way that is not changed here`);
      draft.replace(path, value.at, `\`${written.slice(1, -1).replace(addressOf(port), `$1\${${stand}}`)}\``);
    } else {
      const found = addressOf(port).exec(written)!;
      const at = value.at[0] + found.index + found[1]!.length;
      draft.replace(path, [at, at + port.length], `\${${stand}}`);
    }
    if (uses !== undefined) draft.uses(path, uses);
  }
  if (draft.edits.has(path) && isOfGlobalSetup(shared, path)) return refusal(`global setup reads \`${path}\` too, and belongs to no worker`);
  return undefined;
}

/** Tests of one file that bind the number one after another: each takes a port that is free. */
function forEachTest(shared: Shared, port: string): Omit<Plan, 'refused' | 'strategy'> | Refusal {
  const { audited, project, finding, claims } = shared;
  const byHand = refusal('tests of one file bind it one after another: bind port 0 and read it back');
  const story = audited.stories.find((each) => finding.files.includes(each.file));
  const [facts, text] = story ? [project.facts(story.file), project.text(story.file)] : [];
  if (!story || !facts || text === undefined) return byHand;
  const path = story.file;
  if (claims.some(({ decidedAt }) => decidedAt !== undefined && decidedAt.path !== path)) return byHand;
  if (reachedBy(shared).some((each) => each !== path && isNamedIn(project, each, port))) return byHand;
  const draft = new Draft();
  const name = freshName(text, `port${port}`);
  const decided = claims.flatMap(({ decidedAt }) => (decidedAt?.path === path ? [decidedAt.span] : []));
  const why = replaced(shared, path, { port, uses: 'freePort', at: () => name }, decided, draft);
  if (why) return why;
  const tests = story.blocks.flatMap(({ role, at }) => (role === 'test' && at.path === path ? (bodyOf(facts, at.span) ?? []) : []));
  const { eol, end } = styleOf(text, path);
  const bodies = new Set<Fn>();
  for (const span of draft.changed(path)) {
    const body = tests.find((each) => isIn(span, each.at));
    if (!body?.async) return byHand;
    bodies.add(body);
  }
  if (bodies.size === 0) return byHand;
  const told = configured(shared, port, draft);
  if (told) return told;
  for (const body of bodies) {
    const first = Math.min(...body.body.map((step) => step.at[0]));
    const at = lineStart(text, first);
    if (at <= body.at[0] || !BEFORE_FIRST.test(text.slice(at, first)) || !text.slice(...body.at).endsWith('}')) return byHand;
    draft.replace(path, [at, at], `${indentAt(text, at)}const ${name} = await freePort()${end}${eol}`);
  }
  const edits = draft.done(shared);
  if ('kind' in edits) return edits;
  return {
    kind: 'plan',
    says: `Let each test take a free port in the place of ${port}.`,
    why: 'Only the tests themselves name the number, so each can ask for one that is free.',
    needs: LIBRARY_NEEDS,
    edits,
    creates: new Map(),
  };
}

/** What stands before the first thing that a line of its own does: the function itself does not. */
const BEFORE_FIRST = /^\s*(?:const|let|var|await|return|void|[\s([{])*$/;

/** The function that a test's call is given. */
function bodyOf({ calls, functions }: FileFacts, span: Span): Fn | undefined {
  const given = calls
    .find(({ at }) => isSame(at, span))
    ?.args.map(({ value }) => value)
    .find((value) => value.kind === 'fn');
  return given?.kind === 'fn' ? functions[given.fn] : undefined;
}

/** `PORT` of `const PORT = 4310`, and `port` of `{ port: 4310 }`. */
function namesOf({ project }: Shared, { path, span }: Place): string[] {
  const facts = project.facts(path);
  const value = facts && decision(facts, span);
  if (!value) return [];
  const entry = entryOf(facts, value)?.key;
  const declared = [...allSteps(facts)].flatMap(({ step }) =>
    step.do === 'bind' && step.to.kind === 'binding' && isIn(value.at, step.value.at) ? [facts.bindings[step.to.binding]!.name] : [],
  );
  return entry === undefined ? declared : [...declared, entry];
}

/** `PORT + 1`: only the one number would be the worker's. */
function countedFrom(shared: Shared, names: readonly string[], port: string): Refusal | undefined {
  for (const path of reachedBy(shared)) {
    const facts = shared.project.facts(path);
    const isIt = (value: Value): boolean => {
      if (value.kind === 'const') return String(value.value) === port;
      if (value.kind === 'result') return facts!.calls[value.call]!.args.some((arg) => isIt(arg.value));
      if (value.kind === 'choice') return value.of.some(isIt);
      return names.includes((value.kind === 'ref' ? facts!.bindings[value.binding]!.name : value.kind === 'member' ? value.key : undefined) as string);
    };
    const isCounted =
      facts !== undefined &&
      ([...allValues(facts)].some(
        (value) => value.kind === 'op' && (value.args.length > 1 ? /^[-+]$/ : /^(?:\+\+|--)$/).test(value.op) && value.args.some(isIt),
      ) ||
        [...allSteps(facts)].some(
          ({ step }) => step.do === 'bind' && step.op !== undefined && step.to.kind === 'binding' && names.includes(facts.bindings[step.to.binding]!.name),
        ));
    if (isCounted) return refusal(`\`${path}\` counts other ports from it: bind port 0 for each, and read it back`);
  }
  return undefined;
}

function isNamedIn(project: ProjectView, path: string, port: string, isGiven: (facts: FileFacts, value: Value) => boolean = () => false): boolean {
  const [facts, text] = [project.facts(path), project.text(path)];
  if (!facts || text === undefined) return false;
  return [...allValues(facts)].some(
    (value) =>
      value.kind === 'const' &&
      ((String(value.value) === port && speaksOfPorts(facts, value, text)) || (typeof value.value === 'string' && isAddress(value.value, port))) &&
      !isGiven(facts, value),
  );
}

/** `process.env.PORT ?? 3100` in a program that the tests start with `env: { PORT: String(this.port) }`. */
function isReplacedFallback(shared: Shared, facts: FileFacts, value: Value): boolean {
  const choice = [...allValues(facts)].find((each) => each.kind === 'choice' && each.of[1] === value);
  const variable = choice?.kind === 'choice' ? pathOf(choice.of[0], facts) : undefined;
  if (variable?.length !== 3 || variable[1] !== 'env') return false;
  return reachedBy(shared).some((path) => {
    const own = isOurs(shared, path) ? shared.project.facts(path) : undefined;
    return (
      own !== undefined &&
      [...allValues(own)].some(
        (each) => each.kind === 'record' && entryOf(own, each)?.key === 'env' && each.entries.some((entry) => 'key' in entry && entry.key === variable[2]),
      )
    );
  });
}

/** `localhost:4310` and what else stands before the colon of an address. */
const addressOf = (port: string): RegExp => new RegExp(`((?:localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|\\[::1?\\]|\\})\\s*:)${port}(?!\\d)`);
const isAddress = (text: string, port: string): boolean => addressOf(port).test(text);

/** `start(4310)`, where the file says `function start(port) {`. */
function isPortOf(facts: FileFacts, { callee, args }: Call, value: Value): boolean {
  const name = callee.kind === 'ref' ? facts.bindings[callee.binding]!.name : undefined;
  const target = facts.functions.find((fn) => fn.name !== undefined && fn.name === name)?.params[args.findIndex((arg) => arg.value === value)]?.target;
  return target?.kind === 'binding' && /port$/i.test(facts.bindings[target.binding]!.name);
}

/** `port: 4310`, `const PORT = 4310`, `listen(4310)`, `connect(4310)`. */
function speaksOfPorts(facts: FileFacts, value: Value, text: string): boolean {
  const entry = entryOf(facts, value);
  if (entry) return /port/i.test(entry.key);
  const before = text.slice(0, value.at[0]);
  if (/port\w*['"]?\s*(?::\s*number\s*)?(?:=|\?\?|\|\|)\s*$/i.test(before)) return true;
  const call = facts.calls.find((each) => each.args.some((arg) => arg.value === value));
  // `expect(server.address().port).toBe(4310)`
  if (call && isAssertion(call.callee, facts)) return /port/i.test(text.slice(...call.at));
  if (call && isPortOf(facts, call, value)) return true;
  return (
    call !== undefined &&
    call.args[0]?.value === value &&
    /(?:listen|connect|createConnection|waitForPort|tcpPortUsed\.\w+)$/.test(text.slice(...call.callee.at))
  );
}
