import type { FileFacts } from './facts.js';
import type { Claim, Holder, Obligation, StateChange, VariableUse } from './claims.js';
import type { Modifier, Role, Schedule } from './runner.js';
import type { Hole, Name } from './names.js';
import { samePlace, type Place } from './place.js';

/** A test, suite, hook or fixture: a call that the runner's vocabulary recognises, wrappers included. */
export interface Block {
  readonly role: Role;
  readonly when?: 'before' | 'after' | 'around';
  readonly scope: Holder['scope'];
  /** Index of the suite around it; absent at top level. */
  readonly parent?: number;
  readonly title?: Name;
  readonly modifiers: readonly Modifier[];
  /** Fixtures it asks for. */
  readonly needs: readonly string[];
  readonly at: Place;
  /** Where it is written in the test file itself: differs from `at` when a helper in another file declares it. */
  readonly seenAt: Place;
}

/** A test that the runner runs. */
export const isRunTest = ({ role, modifiers }: Block): boolean => role === 'test' && !modifiers.includes('skip') && !modifiers.includes('todo');

/** What one test file does, with all it reaches. */
export interface FileStory {
  readonly file: string;
  readonly role: 'test' | 'setup' | 'global-setup';
  readonly blocks: readonly Block[];
  readonly claims: readonly Claim[];
  readonly changes: readonly StateChange[];
  readonly obligations: readonly Obligation[];
  readonly variables: readonly VariableUse[];
  /** Calls and names that could not be followed, by place. */
  readonly gaps: readonly StoryGap[];
  /** Files of the project that were read on the way. */
  readonly reached: readonly string[];
  /** Files of the project that it never loads, since all of what they export is replaced: `jest.mock('./connection', () => ({ ... }))`. */
  readonly replaced?: readonly string[];
  /** Constants that the test file itself hands to helpers. */
  readonly handed?: readonly Handed[];
  /** Texts that it hands to functions of its own. */
  readonly handedWithin?: readonly Handed[];
  /** Where it hands them a name that is made anew for each test or call. */
  readonly handedAnew?: readonly Pick<Handed, 'to' | 'as' | 'at' | 'beside'>[];
  /** Where it hands them one of few values, drawn by chance: `startServer({ port: 30000 + Math.floor(Math.random() * 10000) })`. */
  readonly handedDrawn?: readonly (Pick<Handed, 'to' | 'as' | 'at' | 'helps'> & { readonly hole: Hole })[];
  /** Objects of the project's own that it has made for itself. */
  readonly made?: readonly MadeObject[];
}

/** An object that a function or class of another file of the project makes, and what is called on it. */
export interface MadeObject {
  /** The function or class: its file and its number there, joined by `#`. */
  readonly maker: string;
  /** As it is called: `Store` of `new Store()`, `Session.create()`. */
  readonly type: string;
  /** The variable that holds it. */
  readonly name: string;
  readonly at: Place;
  readonly methods: readonly string[];
  /** The one among them that ends it. */
  readonly end?: string;
  /** What makes it puts files below the folder for temporary files, which stay when nothing ends it. */
  readonly leaves?: true;
  /** It is waited for what a function named like this gives: `await startServer()`, `await createConnection()`. */
  readonly runs?: true;
}

/** A constant that a test file hands to a function of another file under a name that speaks of something shared. */
export interface Handed {
  /** The function: its file and its name there, joined by `#`. */
  readonly to: string;
  /** The function belongs to the tests, not to the product. */
  readonly helps: boolean;
  /** The parameter, or the path of the option: `dbSchema`, `database.name`. */
  readonly as: string;
  readonly text: string;
  readonly at: Place;
  /** Where the text is written, where that is not the call. */
  readonly decidedAt?: Place;
  /** The call is waited for. */
  readonly awaited: boolean;
  /** Options given along with it. */
  readonly beside: readonly string[];
  /** The option beside it that says which kind of server is meant: `driver: MySqlDriver`. */
  readonly engine?: string;
  /** Methods called later on what the function gives back. */
  readonly then: readonly string[];
  /** The function is given a page of a browser and works on that. */
  readonly onPage?: true;
}
export interface StoryGap {
  readonly why: string;
  readonly at: Place;
  /** A gap that could hide a claim: the file's verdict becomes `not known`. */
  readonly hides: boolean;
}

/** Everything detectors may ask: the stories of all files of one runner use, and what the runner lets happen. */
export interface Audited {
  readonly schedule: Schedule;
  readonly stories: readonly FileStory[];
  /** Stories of setup and global setup files, whose claims every test file shares. */
  readonly setup: readonly FileStory[];
  /** Versions of libraries in the suite's package, as far as they are known. */
  readonly libraries: Readonly<Record<string, string>>;
  facts(path: string): FileFacts | undefined;
}

/** Whether a suite lies within another, or is it; nothing stands for the whole file. */
export function isWithin(blocks: readonly Block[], suite: number | undefined, outer: number | undefined): boolean {
  if (outer === undefined) return true;
  for (let each = suite; each !== undefined; each = blocks[each]?.parent) if (each === outer) return true;
  return false;
}

/** A function that declares a suite and is called again inside it: how often the tests decide when they run. */
export function isInItself(blocks: readonly Block[], { at, parent }: Block): boolean {
  for (let each = parent; each !== undefined; each = blocks[each]!.parent) if (samePlace(blocks[each]!.at, at)) return true;
  return false;
}

/** Whether a file is that of the story, or one that was read on the way. */
export const reaches = ({ file, reached }: Pick<FileStory, 'file' | 'reached'>, path: string): boolean => file === path || reached.includes(path);

/** Whether a block is a hook that runs before each test. */
export const isBeforeEach = <B extends Pick<Block, 'role' | 'when' | 'scope'>>(block: B | undefined): block is B =>
  block?.role === 'hook' && block.when === 'before' && block.scope === 'test';

/** Whether a block is a before-hook of the suite in which another block stands, or of one around it. */
export const preparesFor = (blocks: readonly Block[], hook: Block | undefined, test: Block | undefined): boolean =>
  hook?.role === 'hook' && hook.when === 'before' && isWithin(blocks, test?.parent, hook.parent);

/** Tells methods that at least half of the objects have been called with. */
export function usualAmong(objects: readonly Pick<MadeObject, 'methods'>[]): (method: string) => boolean {
  return (method) => objects.filter(({ methods }) => methods.includes(method)).length * 2 >= objects.length;
}
