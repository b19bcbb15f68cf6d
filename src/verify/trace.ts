/** A forced order in words, as a verdict tells it. Pure. */
import type { HeldCommand, TraceStep } from '../model/verdict.js';
import type { Command, Recording, Step } from './recording.js';

/** A verdict's A is who writes, B who suffers, whatever their roles were. */
const told = (role: string, victim: string): 'A' | 'B' => (role === victim ? 'B' : 'A');

export const inWords = (steps: readonly HeldCommand[], victim: string): string =>
  steps.map(({ role, operation, touch }) => `${told(role, victim)}: ${operation}${touch?.name ? ` ${touch.name}` : ''}`).join(', then ');

/** Commands before and after the contested ones that a trace shows. */
const MOST_TRACE = 30;

export function traceOf({ commands }: Recording, bad: readonly Step[], victim: string): readonly TraceStep[] {
  const isContested = (command: Command): boolean =>
    bad.some(({ service, touch }) => service === command.service && command.touches.some(({ kind, name }) => kind === touch?.kind && name === touch.name));
  const shown = commands.filter(({ touches }) => touches.length > 0);
  const places = shown.flatMap((command, at) => (isContested(command) ? [at] : []));
  const end = (places.at(-1) ?? 0) + 1;
  return shown.slice(Math.max(0, end - MOST_TRACE), end).map((command) => ({
    role: told(command.role, victim),
    what: `${command.text}${command.reply === 'error' ? ' (refused)' : ''}`,
    contested: isContested(command),
    at: Math.round(command.at),
  }));
}
