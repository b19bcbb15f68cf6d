import { UserError } from '../project/user-error.js';
import { parse } from './arguments.js';
import { ownPackage } from '../project/own-package.js';
import type { World } from './world.js';

/** The whole command line but the process: arguments in, exit status out. Each command is loaded when it is asked for. */
export async function run(argv: readonly string[], world: World): Promise<0 | 1 | 2> {
  try {
    const request = parse(argv, ownPackage().version, world);
    switch (request.kind) {
      case 'answered':
        return request.status;
      case 'scan':
        return await (await import('./scan-command.js')).scanCommand(request, world);
      case 'fix':
        return await (await import('./fix-command.js')).fixCommand(request, world);
      case 'verify':
        return await (await import('./verify-command.js')).verifyCommand(request, world);
      case 'explain':
        return (await import('./explain-command.js')).explainCommand(request, world);
      case 'init':
        return (await import('./init-command.js')).initCommand(request, world);
    }
  } catch (error) {
    world.stderr.write(`${failure(error)}\n`);
    return 2;
  }
}

/** A user's mistake is one sentence; ours is a stack and where to send it. */
export function failure(error: unknown): string {
  if (error instanceof UserError) return `isolation-audit: ${error.message}`;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `isolation-audit failed, and the fault is its own, not your project's. Report the text below at\nhttps://github.com/isolation-audit/isolation-audit/issues\n\n${text}`;
}
