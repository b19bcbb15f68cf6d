/**
 * The laboratory: real services, and a hub between them and the tests that records and, where a schedule says so, holds commands back.
 * It starts what it is told to start; it must not know runners, findings or verdicts.
 */
import type { ChildProcess } from 'node:child_process';
import type { Recording, ServiceKind, Step } from './recording.js';

/** A service that the tests of a run talk to. */
export interface NeededService {
  readonly kind: ServiceKind;
  /** Ports at which the tests look for it, on any host; the usual port of the service where none is given. */
  readonly ports?: readonly number[];
  /** Image and version of its container, where the project names one. */
  readonly image?: string;
}

export interface LabService {
  readonly kind: ServiceKind;
  /** As the server says: `7.0.15`. */
  readonly version: string;
  readonly how: 'container' | 'process' | 'given';
}

export interface LabOptions {
  readonly needs: readonly NeededService[];
  /** Servers to use instead of starting one; on this machine only, and emptied before each run. */
  readonly urls?: Partial<Record<ServiceKind, string>>;
  readonly onProgress?: (what: string) => void;
}

export interface RunOptions {
  /** `A` and `B`, say: who commands and steps belong to. */
  readonly roles: readonly string[];
  readonly schedule?: readonly Step[];
  /** Milliseconds after which a command is held no longer when nothing at all moves; 10,000 unless told. */
  readonly patience?: number;
}

/** One run on fresh databases. */
export interface LabRun {
  /** Starts a command, and with it all that it starts, as a role: what it dials leads to the hub. Output is piped. A role is over when its command has ended. */
  start(
    role: string,
    command: readonly [string, ...string[]],
    options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
  ): ChildProcess;
  /** Ends what still runs and gives what was recorded. */
  finish(): Promise<Recording>;
}

export interface Lab {
  /** `namespace`: no packet can leave this machine. `preload`: Node processes refuse to dial out, native code is not held. */
  readonly sandbox: 'namespace' | 'preload';
  readonly services: readonly LabService[];
  /** One at a time. */
  run(options: RunOptions): Promise<LabRun>;
  close(): Promise<void>;
}

export type OpenLab = (options: LabOptions) => Promise<Lab>;
