/**
 * Owns the formats: each turns the one report into text.
 * Must not know where the text goes, what the exit status is, or how a finding came to be.
 */
import type { Reporter } from './reporter.js';

export type { Reporter, ReportOptions } from './reporter.js';

/** Loaded when asked for: SARIF in CI never loads the terminal's colours. */
export const reporters = {
  markdown: async (): Promise<Reporter> => (await import('./markdown.js')).markdown,
  html: async (): Promise<Reporter> => (await import('./html.js')).html,
  json: async (): Promise<Reporter> => (await import('./json.js')).json,
  sarif: async (): Promise<Reporter> => (await import('./sarif.js')).sarif,
  github: async (): Promise<Reporter> => (await import('./github.js')).github,
  terminal: async (): Promise<Reporter> => (await import('./terminal.js')).terminal,
} as const;

export type Format = keyof typeof reporters;

export const formats = Object.keys(reporters) as readonly Format[];

export const isFormat = (name: string): name is Format => Object.hasOwn(reporters, name);
