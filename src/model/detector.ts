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
  /** Whether every claimant is known: false when a single file is looked at alone. */
  readonly complete: boolean;
}

/** A rule with its detection: claims and schedule in, findings out. */
export interface Detector extends Rule {
  detect(audited: Audited, surroundings: Surroundings): readonly Finding[];
}

export const detector = (definition: Detector): Detector => definition;
