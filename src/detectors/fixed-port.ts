import { detector } from '../model/detector.js';
import { GIVES_WAY, type Obligation } from '../model/claims.js';
import type { Finding } from '../model/finding.js';
import type { Place } from '../model/place.js';
import type { Audited } from '../model/suite.js';
import { isTestSide } from '../model/test-side.js';
import { alternatives, constantText, holesOf, type Name } from '../model/names.js';
import { handedNames } from './handed.js';
import {
  claimPlaces,
  commonWays,
  isContainerPort,
  decidedPlaces,
  decisions,
  distinct,
  givenOnlyBy,
  holdings,
  noted,
  oncePerDecision,
  plural,
  shownName,
  type Claimed,
} from './sharing.js';

export default detector({
  id: 'fixed-port',
  axis: ['A', 'W', 'R'],
  summary: 'Tests bind a port that others bind too.',
  wording: {
    what: 'Port {port} is bound by {count}.',
    why: '{reason}, so the second bind fails with EADDRINUSE.',
    fix: 'Bind port 0 and read the port back from the server.',
  },
  variants: {
    again: {
      what: 'Port {port} is bound by several tests of one file.',
      why: '{within}, so a test fails with EADDRINUSE where the server of an earlier one is not closed yet.',
    },
    alone: {
      what: 'Port {port} stands as a number in the test that binds it.',
      why: 'Whatever else listens there fails it with EADDRINUSE: a second run on the machine, a server in development, a socket of the last run that is still open.',
    },
    cluster: { why: '{reason}: two workers bind the port without an error, and connections reach the wrong one.' },
  },
  detect(audited, surroundings) {
    const out: Finding[] = [];
    for (const holding of holdings(audited, ['network-port'])) {
      const binds = holding.claims.filter((each) => each.claim.op === 'bind' && each.story.role !== 'global-setup' && !isContainerPort(each.claim));
      const files = [...holding.files]
        .filter(([, claims]) => claims.some((each) => each.claim.op === 'bind'))
        .map(([file]) => file)
        .sort();
      // Where all go on with another port, none fails.
      const hard = binds.filter(({ claim }) => claim.note !== GIVES_WAY);
      if (hard.length === 0 || files.length === 0 || isDrawn(holding.resource.name)) continue;
      const decided = decidedPlaces(hard);
      const places = claimPlaces(
        { ...holding, files: new Map([...holding.files].map(([file, claims]) => [file, claims.filter((each) => each.claim.op === 'bind')])) },
        files,
      );
      const lonely = files.length < 2 && surroundings.complete;
      const again = lonely && !isCounted(holding.resource.name) && isBoundAgain(binds, audited);
      const variable = givenOnlyBy(holding.resource.name);
      const alone = lonely && !again && isChosenByTests(binds, decided);
      const condition =
        lonely && !again && !alone
          ? 'another program or a second run on the machine binds the port'
          : variable === undefined
            ? undefined
            : `\`${variable}\` is set where the tests run`;
      out.push({
        rule: 'fixed-port',
        axis: again ? ['W'] : alone ? ['R'] : ['A', 'W'],
        confidence:
          condition !== undefined
            ? 'possible'
            : !lonely && binds.every((each) => each.claim.assumed.length === 0 && each.claim.note === undefined) && surroundings.complete
              ? 'certain'
              : 'likely',
        ...(condition === undefined ? {} : { condition }),
        files,
        places: distinct([
          ...decisions('the port', decided),
          ...commonWays({ ...holding, claims: binds })
            .slice(0, 2)
            .map((place) => noted(place, 'several files come through here')),
          ...places.map((place, index) => noted(place, index === 0 ? place.note : 'bound here, in another file')),
          ...binds
            .filter((each) => each.claim.via.length > 0)
            .slice(0, 3)
            .map((each) => noted(each.claim.at, 'the call that binds')),
        ]),
        resource: { key: `network-port|${shownName(holding.resource.name)}`, title: `port ${shownName(holding.resource.name)}`, resource: holding.resource },
        values: {
          port: shownName(holding.resource.name),
          count: plural(files.length, 'test file'),
          reason: audited.schedule.why,
          within: audited.schedule.whyWithin,
        },
        ...(again ? { variant: 'again' } : alone ? { variant: 'alone' } : audited.schedule.unit === 'cluster' ? { variant: 'cluster' } : {}),
      });
    }
    return [
      ...oncePerDecision(out, 'port'),
      ...handedNames(audited, { rule: 'fixed-port', axis: ['A', 'W'], names: /port$/i, plain: SERVERS, values: PORTS, noun: 'port' }, out),
    ];
  },
});

/** A random number from a range is no port that two tests chose: `frozen-worker-name` says how few there are. */
const isDrawn = (name: Name): boolean => holesOf(name).some((hole) => hole.values !== undefined && hole.varies === 'call');
/** Counted up for each server of a process: no two servers of one process get it. */
const isCounted = (name: Name): boolean => holesOf(name).some((hole) => hole.source === 'counter');

/** Several tests of the file bind it, and no hook between them closes it: the next one can run into a socket that is not closed yet. */
function isBoundAgain(binds: readonly Claimed[], audited: Audited): boolean {
  if (new Set(binds.map((each) => (each.claim.via[0] ?? each.claim.at).span[0])).size < 2 || !isBySeveral(binds)) return false;
  // A helper that binds and cleans up after every test of the process, as Mocha's root hooks do.
  const cleansUp = (path: string): boolean =>
    audited.stories.some(
      (each) => each.file === path && each.blocks.some((block) => block.role === 'hook' && block.when === 'after' && block.parent === undefined),
    );
  return binds.some(
    ({ claim, story }) =>
      !(claim.at.path !== story.file && cleansUp(claim.at.path)) &&
      story.obligations.some((each) => each.kind === 'network-port' && each.by.block === claim.by.block && !isClosedBetween(each)),
  );
}

/** By tests that are not one and the same, or by a hook before each of them. */
function isBySeveral(binds: readonly Claimed[]): boolean {
  const tests = new Set(binds.flatMap(({ claim: { by, alsoBy = [] } }) => (by.role === 'test' ? [by.block, ...alsoBy] : [])));
  return tests.size !== 1 || binds.some(({ claim }) => claim.by.role !== 'test');
}

const isClosedBetween = ({ released, by }: Obligation): boolean =>
  released?.paths === 'every' && (released.by === 'hook' || released.by === 'setup' || released.at.path !== by.file);

/** The number itself stands in the test or its helpers, and it is one that can be bound: what is no port is passed to see it refused. */
function isChosenByTests(binds: readonly Claimed[], decided: readonly Place[]): boolean {
  return binds.some(
    ({ claim, story }) =>
      // `process.env.PORT ?? 3000`: the number holds where nobody sets the variable.
      alternatives(claim.resource.name).some((each) => isPort(Number(constantText(each)))) &&
      claim.assumed.length === 0 &&
      decided.some(({ path }) => path === story.file || isTestSide(path)),
  );
}

const isPort = (port: number): boolean => Number.isInteger(port) && port > 0 && port < 65_536;

const SERVERS = /^(port|(server|http|app|listen|api|gateway|proxy|web|ws|mock|dev)port)$/i;
/** Ports that programs choose; those of well-known services are dialled, not bound. */
const PORTS = /^(?!5432$|5433$|6379$|3306$|27017$|9200$|7687$|5672$|9092$|4222$|1883$|11211$|8125$|4566$|1025$|1433$)\d{4,5}$/;
