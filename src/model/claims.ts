import type { Place } from './place.js';
import type { Name } from './names.js';
import type { StateKind } from './state.js';

export type ResourceKind =
  | 'postgresql'
  | 'mysql'
  | 'sqlite'
  | 'mongodb'
  | 'redis'
  | 'neo4j'
  | 'elasticsearch'
  | 'clickhouse'
  | 'dynamodb'
  | 'cassandra'
  | 'kafka'
  | 'rabbitmq'
  | 'nats'
  | 'mqtt'
  | 's3'
  | 'sqs'
  | 'pubsub'
  | 'firestore'
  | 'couchdb'
  | 'etcd'
  | 'memcached'
  | 'filesystem'
  | 'network-port'
  | 'container'
  | 'database';

/** `count` reads everybody's rows; `bind` takes an address for itself. */
export type Operation = 'acquire' | 'write' | 'wipe' | 'read' | 'count' | 'bind' | 'release' | 'mutate' | 'restore' | 'create';
/** How much a wipe removes. */
export type WipeScope = 'server' | 'database' | 'schema' | 'namespace' | 'unit' | 'path';

/** Something outside the process that tests can share. */
export interface Resource {
  readonly kind: ResourceKind;
  /** Which server: `localhost:5432`, `env:DATABASE_URL`, or private to the one who started it. */
  readonly server: Name;
  /** Database, db index, file, port, container name. */
  readonly name: Name;
  /** Schema, key prefix, namespace inside the database. */
  readonly namespace?: Name;
  /** A prefix that the client takes and does not use. */
  readonly ignored?: Name;
  /** Table, collection, label, queue, topic, bucket, index: the unit inside it, where the call says so. */
  readonly unit?: Name;
}

/** Which part of the suite a claim belongs to. */
export interface Holder {
  /** The test file, or the global setup or setup file where no test file is involved. */
  readonly file: string;
  /** Index into the suite's blocks of that file; absent for what runs while the file loads. */
  readonly block?: number;
  readonly role: 'test' | 'hook' | 'fixture' | 'module' | 'setup' | 'global-setup';
  /** Once for what the code runs. */
  readonly scope: 'run' | 'worker' | 'file' | 'suite' | 'test';
}

/** A test's hold on something shared outside the process. */
export interface Claim {
  readonly resource: Resource;
  readonly op: Operation;
  readonly wipes?: WipeScope;
  readonly by: Holder;
  /** Other tests of the file that do the same, by index of their block; a few. */
  readonly alsoBy?: readonly number[];
  /** The call itself, wherever it stands. */
  readonly at: Place;
  /** Calls that lead there from the test file, outermost first. Empty when the call stands in the test file. */
  readonly via: readonly Place[];
  /** Where the deciding part of the name is written, if it is in source or configuration. */
  readonly decidedAt?: Place;
  /** Where the text of the statement is written, where that is not the call: `run('TRUNCATE orders')`. */
  readonly saidAt?: Place;
  /** The client or tool: `pg`, `ioredis`, `node:fs`. */
  readonly client: string;
  /** Steps that had to be assumed; none makes a certain claim. */
  readonly assumed: readonly string[];
  /** Stands for the object the call goes through: same text, same handle. */
  readonly handle?: string;
  /** What the statement says besides: `begin`, `rollback`, `all rows`. */
  readonly note?: string;
}

/** The note of a claim on something that the code does without where it is taken. */
export const GIVES_WAY = 'gives way';

/** How something done is undone later. */
export interface Undoing {
  readonly at: Place;
  /**
   * `normal-only`: an exception in between leaves it as it is. `last-only`: done before each test, and undone once for them all.
   * `others-only`: a test does it again before it is undone, at this place, and only what it has done itself is undone.
   */
  readonly paths: 'every' | 'normal-only' | 'last-only' | 'others-only';
  /** `elsewhere`: by another test, in code that both reach, for what that test has opened. */
  readonly by: 'block' | 'hook' | 'cleanup' | 'setup' | 'elsewhere';
  /** What a test does is undone when the tests of this suite, or of the file, are over: those that run in between meet it. */
  readonly until?: number | 'file';
  /** What this suite does while it is declared is undone when its tests are over: the tests before it meet it. */
  readonly early?: number;
  /** Through the object that the change gave: where several give one, the variable holds the last. */
  readonly ofOne?: true;
  /** It stands in a `finally` clause. */
  readonly inFinally: boolean;
  /** What is written back: what stood there before, a constant (`other`: not the one that stood there), the changed object itself or a copy of it, or a value that may be undefined. */
  readonly value: 'saved' | 'constant' | 'other' | 'alias' | 'alias-copy' | 'maybe-undefined' | 'unknown';
}

/** A change of process state that the code does not take back at once. */
export interface StateChange {
  readonly state: StateKind;
  /** What exactly: `process.env.TZ`, `globalThis.fetch`, `node:fs.readFile`, a module path and name. */
  readonly cell: string;
  readonly by: Holder;
  readonly at: Place;
  readonly via: readonly Place[];
  /** `copy`: a copy made once, by itself; `fresh`: a copy made for this write; `alias-copy`: a copy, made for this write, of the object that may have been changed. */
  readonly value: 'saved' | 'maybe-undefined' | 'constant' | 'alias' | 'alias-copy' | 'unknown' | 'fresh' | 'copy';
  /** The text written, where it is constant. */
  readonly text?: string;
  /** The same as a name, where it varies. */
  readonly wrote?: Name;
  /** It deletes instead of writing. */
  readonly removes: boolean;
  /** Files of the project give the variable that it deletes. */
  readonly given?: true;
  /** A spy that lets every call through. */
  readonly onlyWatches?: true;
  /** Made on some ways through the block only: in a branch, in a `catch`. */
  readonly conditional?: true;
  readonly undone?: Undoing;
  readonly assumed: readonly string[];
}

/** A variable outside tests and hooks that one of them reads or writes. */
export interface VariableUse {
  readonly file: string;
  readonly name: string;
  /** Stands for the variable: file and declaration. */
  readonly key: string;
  /** The property of an object that is meant; all of it without one. */
  readonly part?: string;
  readonly op: 'read' | 'write';
  /** The write takes it away. */
  readonly removes?: true;
  readonly by: Holder;
  readonly at: Place;
  readonly via: readonly Place[];
}

/** Something opened that must be closed. */
export interface Obligation {
  readonly what: string;
  readonly kind: ResourceKind | 'worker' | 'timer' | 'subscription' | 'process' | 'temp-directory' | 'handle';
  readonly by: Holder;
  readonly at: Place;
  readonly via: readonly Place[];
  /** Handed to code that is not followed and may close it. */
  readonly escapes: boolean;
  /** Nobody else gets it, but the code that opens it holds a line that closes it, which nothing leads to: it counts as handed over. */
  readonly endsUnseen?: true;
  readonly released?: Undoing;
  /** What has to be called: `pool.end()`. */
  readonly owes: string;
  readonly assumed: readonly string[];
}
