/** A service that runs for the laboratory. */
import type { ServiceKind } from '../recording.js';
import type { Target } from '../hub/messages.js';
import type { LabService } from '../lab.js';

export interface StartedService {
  readonly kind: ServiceKind;
  readonly how: LabService['how'];
  /** Of a container. */
  readonly image?: string;
  readonly target: Target;
  /** Who makes databases there, where it is not our own user. */
  readonly user?: string;
  /** Why it no longer runs, if it has ended by itself. */
  trouble?(): Promise<string | undefined> | string | undefined;
  stop(): Promise<void>;
}
