/** From whole runs of a suite, what its test files have in common on servers, and who changes it. Pure; it must not know how a run is made. */
import { grouped } from '../model/grouped.js';
import type { Meeting, SharedThing, ThingUse } from '../model/verdict.js';
import { databaseOf, HARM, isOfTests, isWhole, nameOf, overlaps, uniqueTouches, writes, type Use } from './overlap.js';
import type { Recording, ServiceKind } from './recording.js';

/** A use of a thing by a test, or by what a file does outside of its tests. */
interface FileUse extends Use {
  readonly file: string;
  readonly test: string;
}

/** What two runs, as the first worker and as the second, both show: a name of which only one of them knows is made for a worker, a process or a moment. */
export function meetingsOf([first, second]: readonly [Recording, Recording]): readonly Meeting[] {
  const again = new Set(usesOf(second).map(keyOf));
  const lasting = usesOf(first).filter((use) => again.has(keyOf(use)));
  const servers = lasting.filter(({ touch }) => touch.kind === 'server');
  return [...grouped(lasting, (use) => placeOf(use).join('\0')).values()]
    .flatMap((uses): Meeting[] => {
      const [service, database] = placeOf(uses[0]);
      const reaching = uses[0].touch.kind === 'server' ? [] : servers.filter(({ command }) => command.service === service);
      const things = thingsIn(uses, [...uses.filter(isWide), ...reaching]);
      return things.length === 0 ? [] : [{ service, database, things }];
    })
    .sort((a, b) => b.things.length - a.things.length);
}

/** Things that tests of two files use and one of them changes: what most files use comes first. */
function thingsIn(uses: readonly FileUse[], wide: readonly FileUse[]): readonly SharedThing[] {
  return [...grouped(uses, ({ touch }) => nameOf(touch))]
    .map(([name, own]) => ({ name, users: [...own, ...wide.filter((each) => !own.includes(each) && overlaps(each, own[0]))] }))
    .filter(({ users }) => users.some((each) => writes(each.touch)) && new Set(users.map(({ file }) => file)).size > 1)
    .map(({ name, users }) => ({ name, uses: worstOf(users) }))
    .sort((a, b) => filesOf(b) - filesOf(a) || (a.name < b.name ? -1 : 1));
}

const filesOf = ({ uses }: SharedThing): number => new Set(uses.map(({ file }) => file)).size;

/** It may reach things of other names in its database: all of it, a schema, a pattern. */
const isWide = ({ touch }: Use): boolean => isWhole(touch) || touch.kind === 'schema' || touch.name.includes('*');

/** The worst that each test does. */
function worstOf(users: readonly FileUse[]): readonly ThingUse[] {
  return [...grouped(users, ({ file, test }) => `${file}\0${test}`).values()]
    .map((all) => all.reduce((worst, each) => (HARM[each.touch.access] > HARM[worst.touch.access] ? each : worst)))
    .map(({ file, test, touch }) => ({ file, name: test, does: touch.access }))
    .sort((a, b) => HARM[b.does] - HARM[a.does]);
}

function usesOf(recording: Recording): readonly FileUse[] {
  const ofTests = isOfTests(recording);
  return recording.commands.flatMap((command) =>
    command.file === undefined || !ofTests(command)
      ? []
      : uniqueTouches(command).map((touch) => ({ command, touch, file: command.file!, test: command.test ?? '' })),
  );
}

/** Channels, roles and the server itself belong to no database. */
const placeOf = (use: Use): readonly [ServiceKind, string] => [
  use.command.service as ServiceKind,
  /^(?:channel|role|server)$/.test(use.touch.kind) ? '' : databaseOf(use),
];

const keyOf = (use: FileUse): string => [...placeOf(use), use.touch.kind, use.touch.name, use.file].join('\0');

/** The two files that are likeliest to break each other: who does most harm, and who has most in common with it. */
export function worstPair({ things }: Meeting): readonly [string, string] {
  const uses = things.flatMap((thing) => thing.uses);
  const worst = Math.max(...uses.map(({ does }) => HARM[does]));
  const a = mostOften(uses.filter(({ does }) => HARM[does] === worst).map(({ file }) => file));
  const beside = things.filter((thing) => thing.uses.some(({ file }) => file === a)).flatMap((thing) => [...new Set(thing.uses.map(({ file }) => file))]);
  return [a, mostOften(beside.filter((file) => file !== a))];
}

function mostOften(files: readonly string[]): string {
  return [...grouped(files, (file) => file)].sort(([x, a], [y, b]) => b.length - a.length || (x < y ? -1 : 1))[0]![0];
}
