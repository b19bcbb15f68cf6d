/** What the laboratory tells the preload, and where both find it. */
import type { ServiceKind, Step } from '../recording.js';

/** The environment variable with the settings, as JSON. */
export const SETTINGS = 'ISOLATION_AUDIT_LAB';
/** Where the hooks of runner adapters find the preload: on `process`. */
export const HANDLE = Symbol.for('isolation-audit.lab');

/** Which calls for paths are told; those for ports all are. */
export interface Watch {
  /** Absolute: these, and what lies below them. */
  readonly paths: readonly string[];
  /** Folders whose paths are told from them on, so that they read the same wherever the project lies. */
  readonly bases: readonly { readonly folder: string; readonly as: string }[];
}

/** An order that calls for paths and ports are held to. */
export interface Order {
  /** Where the processes of all roles leave word of how far they are. */
  readonly folder: string;
  readonly steps: readonly Step[];
  /** Milliseconds after which a call is held no longer. */
  readonly patience: number;
}

export interface Settings {
  readonly role: string;
  readonly greeting: string;
  /** Folder for what each process notes. */
  readonly notes: string;
  /** The preload itself, for processes that are started with another environment. */
  readonly preload: string;
  readonly watch?: Watch;
  readonly order?: Order;
  /** Where lock files are told of, in a run that is held to an order. */
  readonly locks?: string;
  readonly services: readonly {
    readonly kind: ServiceKind;
    /** On any host. */
    readonly ports: readonly number[];
    /** Pattern of its socket files. */
    readonly path: string;
    /** Where the hub listens for it, on this machine. */
    readonly hub: number;
  }[];
}

/** Adds the preload to what Node processes are started with. */
export function withPreload(options: string | undefined, preload: string): string {
  const word = `--require=${preload}`;
  const quoted = /[\s"\\]/.test(word) ? `"${word.replace(/["\\]/g, '\\$&')}"` : word;
  return options?.includes(quoted) ? options : [quoted, options].filter(Boolean).join(' ');
}
