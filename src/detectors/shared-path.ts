import { detector } from '../model/detector.js';
import type { Finding } from '../model/finding.js';
import { grouped } from '../model/grouped.js';
import { constantText } from '../model/names.js';
import type { Schedule } from '../model/runner.js';
import type { Audited } from '../model/suite.js';
import { isTestSide } from '../model/test-side.js';
import { atOnce } from './at-once.js';
import { listedForAll } from './listings.js';
import { groupsOf, lastWord, type Given } from './separators.js';
import {
  decidedPlaces,
  decisions,
  distinct,
  holdings,
  isGuess,
  noted,
  noteOf,
  oncePerDecision,
  plural,
  seenAt,
  shownName,
  type Claimed,
  type Holding,
} from './sharing.js';

/** Paths that every program writes and nobody minds. */
const HARMLESS = /^(\/dev\/|<tmp>$|<root>\/?$|<cwd>\/?$|\/$|<home>$|\.$)/;

/** `/orders.json`, outside the folders that machines have at the top: its folder was empty where it was read, and is set by what was not followed. */
const NOWHERE =
  /^\/(?!(tmp|var|home|root|usr|opt|etc|dev|mnt|media|srv|run|proc|sys|data|app|workspaces?|builds?|code|private|Users|Volumes|Library|nix)(\/|$))/;

export default detector({
  id: 'shared-path',
  axis: ['A', 'W', 'P', 'R'],
  summary: 'Test files write to one path.',
  wording: {
    what: '{path} is {done} by {count}.',
    why: '{reason}, so one file reads, overwrites or removes what another has just written.',
    fix: 'Write below a directory that `mkdtemp` makes for each test or worker.',
  },
  variants: {
    once: { why: '{reason}, so one of them reads, overwrites or removes what another has just written.' },
    alone: {
      what: 'Outside the project, {path} is {done} by one test file.',
      why: 'Two runs on one machine, of two checkouts or of two jobs, overwrite or remove what the other has just written.',
    },
    listed: {
      what: 'A test expects to know all that lies in {path}, where every run on the machine puts its own.',
      why: 'Another run, or another test file, makes or removes an entry between two looks.',
      fix: 'Point `TMPDIR` at a directory that `mkdtemp` makes for the test, and list that one.',
    },
    built: {
      what: 'The project in {path} is built by {count} into its default output folder.',
      why: '{reason}, so one build overwrites or removes the output that another file is reading.',
      fix: 'Give each build an output and a cache folder of its own.',
    },
  },
  detect(audited, surroundings) {
    const all = holdings(audited, ['filesystem']).flatMap((holding) => {
      const path =
        constantText(holding.resource.name) ??
        (holding.resource.name.kind === 'oneOf' ? holding.resource.name.names.map(constantText).find((each) => each !== undefined) : undefined);
      if (path === undefined || HARMLESS.test(path) || NOWHERE.test(path)) return [];
      // After `process.chdir` a relative path leads elsewhere.
      const stays = path.startsWith('<cwd>') ? within(holding, (claimed) => !claimed.story.changes.some((change) => change.state === 'cwd')) : holding;
      return stays ? [{ path: path.replace(/\/$/, ''), holding: stays }] : [];
    });
    const wiped = all.filter(({ holding }) => holding.claims.some((each) => each.claim.op === 'wipe'));
    const out: Finding[] = [];
    for (const { path, holding } of all) {
      // Removing a folder removes what other files keep in it.
      const inside = wiped.some((each) => each.holding === holding) ? all.filter((each) => each.path.startsWith(`${path}/`)) : [];
      const claims = [...holding.claims, ...inside.flatMap((each) => each.holding.claims)];
      const finding = judge(
        path,
        holding,
        claims,
        // What a test removes it has put there itself, and who works on the project does without it.
        wiped.some((each) => each.holding === holding) ? [] : workersIn(audited, path),
        audited.stories.length,
        surroundings.complete,
        audited.schedule,
        new Set(audited.stories.map((each) => each.file)),
        writersAtOnce(audited, holding),
      );
      if (finding) out.push(finding);
    }
    return [...oncePerFile(oncePerDecision(withFolders(out), 'path')), ...builtTogether(audited), ...listedForAll(audited)];
  },
});

/** What one file alone writes in a folder that it shares with others goes with the folder: who gives that another place has moved it, too. */
function withFolders(findings: readonly Finding[]): readonly Finding[] {
  const folders = findings.filter(({ variant, confidence }) => variant !== 'alone' && confidence !== 'possible');
  const folderOf = ({ variant, resource, files }: Finding): Finding | undefined =>
    variant === 'alone'
      ? folders.find((folder) => resource.key.startsWith(`${folder.resource.key}/`) && files.every((file) => folder.files.includes(file)))
      : undefined;
  const inside = grouped(findings, folderOf);
  return (inside.get(undefined) ?? []).map((each) => {
    const below = (inside.get(each) ?? []).map(({ places: [place] }) => noted(place, 'a path below it here'));
    return below.length > 0 ? { ...each, places: distinct([...each.places, ...below]) } : each;
  });
}

/** What one file alone writes outside the project is one thing to repair, a folder of its own, however many files it puts there. */
function oncePerFile(findings: readonly Finding[]): Finding[] {
  const byFile = grouped(findings, (each) => (each.variant === 'alone' && each.confidence !== 'possible' ? each.files.join() : each.resource.key));
  return [...byFile.values()].flatMap((same) => {
    const [first, ...others] = same;
    if (others.length === 0 || first.variant !== 'alone') return same;
    return [
      {
        ...first,
        places: distinct([...first.places, ...others.map(({ places: [place] }) => noted(place, 'and another path here'))]),
        values: { ...first.values, path: `${first.values['path']!}, one of ${same.length} such paths,` },
      },
    ];
  });
}

function within(holding: Holding, keep: (claimed: Claimed) => boolean): Holding | undefined {
  const claims = holding.claims.filter(keep);
  if (claims.length === holding.claims.length) return holding;
  return claims.length === 0
    ? undefined
    : {
        ...holding,
        claims,
        files: new Map([...holding.files].map(([file, list]) => [file, list.filter(keep)] as const).filter(([, list]) => list.length > 0)),
      };
}

function judge(
  path: string,
  holding: Holding,
  claims: readonly Claimed[],
  visitors: readonly Given[],
  suiteSize: number,
  complete: boolean,
  { why, whyWithin }: Schedule,
  tests: ReadonlySet<string>,
  beside: number,
): Finding | undefined {
  const changing = claims.filter((each) => each.claim.op === 'write' || each.claim.op === 'wipe');
  const own = holding.claims.filter((each) => each.claim.op === 'write' || each.claim.op === 'wipe');
  const running = own.filter((each) => each.story.role !== 'global-setup');
  if (running.length === 0) return undefined;
  const filesOf = (list: readonly Claimed[]): Set<string> =>
    new Set(list.flatMap((each) => (each.story.role === 'setup' ? [...tests] : each.story.role === 'test' ? [each.story.file] : [])));
  const changers = filesOf(running);
  const everybody = filesOf(claims.filter((each) => each.claim.op !== 'create' && each.story.role !== 'global-setup'));
  const visiting = visitors.filter((each) => !changers.has(each.story.file));
  for (const each of visiting) everybody.add(each.story.file);
  const others = [...everybody].filter((file) => changers.size > 1 || !changers.has(file));
  const inside = others.length === 0 && beside > 1;
  const lonely = others.length === 0 && !inside;
  const outside = lonely && complete && OUTSIDE.test(path) && running.some(isChosen);
  if (lonely && suiteSize > 1 && complete && !outside && !changing.some((each) => each.claim.op === 'write')) return undefined;
  const files = [...new Set([...changers, ...others])].sort();
  const decided = decisions('the path', decidedPlaces(running));
  const seen = files.flatMap((file) => {
    const each = claims.find((one) => one.story.file === file && one.claim.op !== 'read') ?? claims.find((one) => one.story.file === file);
    if (each) return [noted(seenAt(each.claim), noteOf(each.claim))];
    const visitor = visiting.find((one) => one.story.file === file);
    return visitor ? [noted(visitor.handed.at, 'worked on here, in another file')] : [];
  });
  const condition =
    lonely && complete && !outside
      ? 'two runs share the folder'
      : running.every((each) => isGuess(each.claim.resource.name))
        ? 'the code takes this path of several'
        : visiting.length === 0 && claims.every(({ claim: { op, note } }) => op === 'create' || note === 'append')
          ? 'something reads what all have appended'
          : undefined;
  return {
    rule: 'shared-path',
    axis: ['A', 'W', 'R'],
    confidence:
      condition !== undefined
        ? 'possible'
        : !inside && !outside && running.every((each) => each.claim.assumed.length === 0) && complete && visiting.length < others.length
          ? 'certain'
          : 'likely',
    ...(condition === undefined ? {} : { condition }),
    files,
    places: distinct([
      ...decided,
      ...(decided.length > 0 ? [] : [noted(running[0]!.claim.at, noteOf(running[0]!.claim))]),
      ...seen,
      ...running.slice(0, 4).map((each) => noted(each.claim.at, noteOf(each.claim))),
    ]),
    resource: { key: `filesystem|${path}`, title: `path ${shownName(holding.resource.name)}`, resource: holding.resource },
    values: {
      path: shownName(holding.resource.name),
      done: running.some((each) => each.claim.op === 'wipe') ? 'written or removed' : 'written',
      count:
        changers.size > 0 && changers.size < files.length
          ? `${plural(changers.size, 'test file')} and used by ${plural(files.length - changers.size, 'other')}`
          : inside
            ? `${plural(beside, 'test')} of one file at the same time`
            : plural(files.length, 'test file'),
      reason: inside ? whyWithin : why,
    },
    ...(inside ? { variant: 'once', axis: ['P'] as const } : outside ? { variant: 'alone', axis: ['R'] as const } : {}),
  };
}

/** The folder for temporary files and the home of whoever runs the tests: every run on the machine has the same. */
const OUTSIDE = /^(\/tmp|<tmp>|<home>)\/./;

/** The test says itself where it writes; what the product chooses it may choose otherwise in a test. */
const isChosen = ({ claim, story }: Claimed): boolean => story.role === 'test' && claim.decidedAt !== undefined && isTestSide(claim.decidedAt.path);

/** How many tests of a file write the path while others of them do, where only one file does. */
function writersAtOnce(audited: Audited, holding: Holding): number {
  return Math.max(
    0,
    ...[...holding.files].map(([file, claims]) => {
      const story = audited.stories.find((each) => each.file === file);
      return story
        ? atOnce(
            audited,
            story,
            claims.filter((each) => each.story === story && (each.claim.op === 'write' || each.claim.op === 'wipe')).map((each) => each.claim),
          )
        : 0;
    }),
  );
}

/** Options and parameters that name the folder a tool works on. */
const FOLDERS =
  /^(root|cwd|dir|folder|root_?dir|base_?dir|project|site|fixture|(root|project|site|app|work(ing)?|fixture|source|src)_?(dir|directory|folder|path|root)|fixture_?name)$/i;
const BUILDS = /^(build|rebuild|compile|generate|bundle|emit|export)/;
const OWN_OUTPUT = /^(out|output|dist|build|target|dest|destination)_?(dir|directory|folder|path|file)$|^(out|dest|destination)$/i;

/** Test files that hand the checked-in folder of the path to a helper: of folders that lie in each other, the inner one is a project by itself. */
function workersIn(audited: Audited, path: string): readonly Given[] {
  if (!/^<root>\/.*(fixture|test|spec|example|sample)/i.test(path) || path.includes('/node_modules/')) return [];
  const folder = ({ handed }: Given): string => handed.text.replace(/\/$/, '');
  const all = audited.stories.flatMap((story) =>
    (story.handed ?? [])
      .map((handed) => ({ handed, story }))
      .filter(
        (each) =>
          FOLDERS.test(lastWord(each.handed.as)) &&
          /^<root>\/[^/]+\/.*\w/.test(each.handed.text) &&
          /(fixture|test|spec|example|sample)/i.test(each.handed.text) &&
          `${path}/`.startsWith(`${folder(each)}/`),
      ),
  );
  const innermost = Math.max(...all.map((each) => folder(each).length));
  return all.filter((each) => folder(each).length === innermost);
}

/** One checked-in project that several files build: each build writes to the tool's default output folder inside it. */
function builtTogether(audited: Audited): Finding[] {
  const builds = (each: Given): boolean =>
    FOLDERS.test(lastWord(each.handed.as)) && each.handed.then.some((name) => BUILDS.test(name)) && !each.handed.beside.some((name) => OWN_OUTPUT.test(name));
  const out: Finding[] = [];
  for (const group of groupsOf(audited, builds)) {
    for (const { text, given } of group.repeated) {
      const inside = text.startsWith('<root>/') ? given : given.filter((each) => folderOf(each.story.file) === folderOf(given[0]!.story.file));
      const files = [...new Set(inside.map((each) => each.story.file))].sort();
      if (files.length < 2 || !/[/\w]{3}/.test(text)) continue;
      const places = files.map((file, index) =>
        noted(inside.find((each) => each.story.file === file)!.handed.at, index === 0 ? 'built here' : 'and here, in another file'),
      );
      out.push({
        rule: 'shared-path',
        axis: ['A', 'W'],
        confidence: 'likely',
        files,
        places: distinct(places),
        variant: 'built',
        resource: { key: `filesystem|built|${group.to}|${text}`, title: `build output of \`${text.replace(/^<root>\//, '')}\`` },
        values: { path: `\`${text.replace(/^<root>\//, '')}\``, done: 'built', count: plural(files.length, 'test file'), reason: audited.schedule.why },
      });
    }
  }
  return out;
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
