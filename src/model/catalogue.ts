import type { Language } from './facts.js';
import type { Operation, ResourceKind, WipeScope } from './claims.js';
import type { StateKind } from './state.js';

/**
 * Where a value stands in a call.
 *
 * - `arg0`, `arg1.connection.database`: an argument, a path into it; `arg*` is any argument, `arg0.*` any item of a list or entry of a record.
 * - `arg0@url.path`, `@url.host`, `@url.port`, `@url.user`, `@url.query.db`: a part of a URL; path without its leading slash.
 *   `@url` parts of something that is not a URL are absent, not empty.
 * - `arg0@dsn.dbname`: a part of a key=value string. `arg0@search_path`: the `search_path` in libpq options.
 * - `env.PGDATABASE`: an environment variable that the client itself reads.
 * - `=bull`: the constant text `bull`.
 * - `receiver.name`: the resource name that the receiving handle already has.
 * - `result`: what the call gives back.
 * - `arg0@url.scheme`: `postgres` of `postgres://...`; `@url.host` is without the port, `@url.query.db` without the `?`.
 * - `arg0@number`: the argument where it is a number or digits only, else absent.
 * - `arg1@text`: the argument where it is a text, else absent: an object of options may stand in its place.
 * - `arg0.pool@record`: the value where it is an object that is written out, else absent: something else may be a client.
 * - `member`: the property that `*` stands for in a call such as `PrismaClient#*.deleteMany`.
 * - `class.tableName`: a static member of the project's class that extends the library's, `class Order extends Model {}`.
 * - `receiver@made.arg0.port`: a source of the call that made the receiver.
 * - `arg0@type`: the handle type of an argument that a call of the same entry made; `arg0@made.arg0.TableName`: a source of that call.
 */
export type Source = string;

/** What opening a client, a file or a server lays hold of. Sources are tried in order; the first that is present decides. */
export interface Opening {
  readonly kind: ResourceKind;
  /** The handle that already stands for this resource (`drizzle(pool)`): kind, server, name and isolation are that handle's. Where none is there, the rest applies. */
  readonly same?: readonly Source[];
  /** Which server. Absent: the machine itself. */
  readonly server?: readonly Source[];
  /** Its port, where `server` is only the host; joined to it by `:`. */
  readonly port?: readonly Source[];
  /** Database, db index, file, port, container name. */
  readonly name?: readonly Source[];
  /** Schema or key prefix. */
  readonly namespace?: readonly Source[];
  /** Queue, topic, bucket... when the client object itself stands for one. */
  readonly unit?: readonly Source[];
  /** `memory`: a fake or an in-process engine, shares nothing. `own-server`: starts a server of its own on a free port. */
  readonly isolated?: 'memory' | 'own-server';
  /** Names (of the resolved `name`) that share nothing: `:memory:`, `0` for ports. */
  readonly privateNames?: readonly string[];
  /** The name is random unless the sources give one. */
  readonly randomByDefault?: boolean;
  /** Prefixes are honoured by this client for keys. `false` where the option is accepted and ignored. */
  readonly namespaceIgnored?: boolean;
  /** Highest database index + 1 where names are indexes (Redis: 16). */
  readonly indexLimit?: number;
}

/** One thing that a call does. */
export interface CallSpec {
  /**
   * What is called, alternatives separated by `|`:
   * `createClient`, `new Pool`, `default` (the default export called), `new default`, `promises.writeFile` (a member of the module),
   * `Pool#query` (a method on a handle of type `Pool`), `Pool#*` (any other method), `Sql#()` (the handle called or used as a template tag),
   * `Client#indices.create` (through properties of the handle), `PrismaClient#*.deleteMany` (`*` is one property of any name).
   * Each alternative is written in full: `Pool#end|Client#end`. `X#[asyncDispose]` and `X#[dispose]` are the symbols, also `using`.
   */
  readonly call: string;
  /** Only when this source is present (`arg0.force`), absent (`!arg0.where`), or equal to one of some constants, or not (`arg0.client=pg|postgres`, `!arg0.filename=:memory:`); with `?` in front also where it is not known whether it is there (`?arg0.url`). All must hold. */
  readonly when?: readonly string[];
  /** Only when no spec of the same call with `when` held. Specs of one call that have neither always hold, all of them. */
  readonly otherwise?: boolean;
  /** Not when one of these is called on the result in the same expression: `db.delete(users).where(...)`. */
  readonly unlessChained?: readonly string[];
  /** Type of the handle it returns, as named in this entry's calls. `receiver`: the same handle. */
  readonly returns?: string;
  /** The call lays hold of something new. */
  readonly opens?: Opening;
  /** A new view of the receiver's resource: `client.db('x')` renames, `db.collection('y')` adds a unit. Without `returns` the operation alone is about that name. */
  readonly narrows?: { readonly name?: readonly Source[]; readonly namespace?: readonly Source[]; readonly unit?: readonly Source[] };
  readonly op?: Operation;
  /** With `op: 'wipe'`. */
  readonly wipes?: WipeScope;
  /** What a rule wants to know besides: `append`. */
  readonly note?: string;
  /** Unit the operation is about: a table, key, collection. */
  readonly unit?: readonly Source[];
  /**
   * The argument is text in this language, which says operation and unit itself; `op` beside it is for text that cannot be read.
   * A list, or `arg*`, is words with a blank between them; functions and records among them are not words.
   */
  readonly statement?: { readonly language: 'sql' | 'cypher' | 'redis' | 'shell'; readonly in: Source };
  /** What it gives was opened by another call (`getConnection()`): closing that closes whichever was. */
  readonly standing?: true;
  /** Closes: the receiver, or the value at a source. */
  readonly releases?: 'receiver' | Source;
  /** What must be called later; text for the message: `pool.end()`. Only for calls with `opens` or `returns`. */
  readonly owes?: string;
  /** With `owes`: nothing is connected before the first call on it, where that is so by option only if one of these sources is `true`. */
  readonly lazy?: true | readonly Source[];
  /** A call on what connects later that reaches nothing: `sequelize.getDialect()`. */
  readonly idle?: true;
  /** Kind of the obligation where it is not the resource's own. */
  readonly owesKind?: 'worker' | 'timer' | 'subscription' | 'process' | 'temp-directory' | 'handle';
  /** State that stays changed after the call. With `inMemory`, what is used of that kind meanwhile is in memory: files under `mock-fs`. */
  readonly changes?: { readonly state: StateKind; readonly cell: readonly Source[]; readonly inMemory?: ResourceKind };
  /** Puts state back: all of that kind, the receiver's own, or the cell named by the source. */
  readonly restores?: { readonly state: readonly StateKind[]; readonly what: 'all' | 'receiver' | Source };
  /** The value that comes back, for names: `uuid`, `mkdtemp`, `clock`, `pid`, `port 0`... with how it varies. */
  readonly gives?: {
    readonly varies: 'run' | 'worker' | 'file' | 'test' | 'call';
    readonly source: string;
    readonly values?: number;
    readonly prefix?: Source;
  };
  /** What comes back is what this function argument gives: `retry(() => connect())`. */
  readonly handsOn?: Source;
  /** A function argument runs with the handle as its parameter and the handle is closed afterwards: `pool.connect(cb)`, `withDir(cb)`. */
  readonly scoped?: { readonly callback: Source; readonly param?: number };
}

/** What is known of one library: data only. */
export interface LibraryEntry {
  /** Package names that export these calls; `node:fs` for core modules (the prefix is optional in code); `global` for names without import, `process.chdir`. */
  readonly packages: readonly string[];
  /** A global under which test environments hand the package out without an import: `sinon`. */
  readonly globalAs?: string;
  readonly language: Language;
  /** Versions that the facts were read or measured for. */
  readonly versions: string;
  /** Where they were read. */
  readonly source: string;
  /** Words of which one stands in every file that could use it directly: the text filter. */
  readonly tokens: readonly string[];
  /** TypeScript type names exported by the package to handle types here: `{ Pool: 'Pool', PoolClient: 'Client' }`. */
  readonly types?: Readonly<Record<string, string>>;
  /** The opening assumed for a handle known only by its written type. */
  readonly typeOpening?: Opening;
  /** One connection per process behind the exports (mongoose): an exported call that opens sets it, exported calls without `opens` act on it. */
  readonly ambient?: boolean;
  readonly calls: readonly CallSpec[];
}

/** What one statement of a text in SQL, Cypher, Redis or shell does. */
export interface Statement {
  readonly op: Operation | 'drop';
  /** With `wipe` and `drop`. */
  readonly wipes?: WipeScope;
  /** The table, label, key or path it names; of `create` and `drop` of a database or schema, that name. Absent where a hole of the text hides it; a label has its holes, by number, in it. */
  readonly unit?: string;
  /** What `unit` names, where it is not a table, label or key. */
  readonly names?: 'database' | 'schema' | 'role' | 'lock' | 'sequence' | 'path' | 'container' | 'port' | 'project';
  /** Resource kind a shell command speaks of. */
  readonly kind?: ResourceKind;
  /** `all rows`, `begin`, `rollback`, `search_path`... */
  readonly note?: string;
}
