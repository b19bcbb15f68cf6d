import type { Audited } from './suite.js';
import type { Finding, Rule } from './finding.js';
import type { NotedPlace } from './finding.js';

/** What the project says outside its code that detectors may ask for. */
export interface Surroundings {
  /** Containers whose name or host port is fixed, with the place that fixes it. */
  readonly containers: readonly {
    readonly what: 'container-name' | 'host-port' | 'project-name';
    readonly value: string;
    readonly service?: string;
    readonly place: NotedPlace;
  }[];
  /** The project shows that two runs can share a host: self-hosted runners, worktree scripts. */
  readonly sharedHosts: boolean;
  /** Worker id variables of every runner there is: `JEST_WORKER_ID`. */
  readonly workerVariables: ReadonlySet<string>;
  /** Modules of test apps that run on a server to which all tests talk. */
  readonly served: readonly ServedModule[];
  /** Whether every claimant is known: false when a single file is looked at alone. */
  readonly complete: boolean;
}

/** A module of the app in a folder, with the routes whose requests come to it. */
export interface ServedModule {
  /** The folder in which the server is started. */
  readonly server: string;
  readonly path: string;
  /** `/orders/list`; up to the first part that varies. */
  readonly routes: readonly string[];
  /** Requests for all that lies below its routes come to it as well. */
  readonly below: boolean;
}

/** A rule with its detection: claims and schedule in, findings out. */
export interface Detector extends Rule {
  detect(audited: Audited, surroundings: Surroundings): readonly Finding[];
}

export const detector = (definition: Detector): Detector => definition;
