import { failure, run } from './run.js';
import type { World } from './world.js';

const engine: World['scan'] = async (options) => (await import('../project/scan.js')).scan(options);

/** Connects `run` to the real process. The exit status is set, not forced, so that output to a slow pipe is not cut. */
export async function main(argv: readonly string[], scan = engine): Promise<void> {
  process.once('uncaughtException', (error) => {
    process.stderr.write(`${failure(error)}\n`);
    process.exit(2);
  });
  // The reader of a pipe has gone (`| head`): there is nobody left to write for.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
      throw error;
    });
  }
  process.exitCode = await run(argv, {
    cwd: process.cwd(),
    env: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    ...(process.stdin.isTTY ? { ask } : {}),
    scan,
    verify: async (options) => (await import('../verify/index.js')).verify(options),
    replay: async (options) => (await import('../verify/index.js')).replay(options),
    checkChange: async (options) => (await import('../verify/index.js')).checkChange(options),
    settings: async (root, config) => {
      const [{ readSettings }, { detectors }] = await Promise.all([import('../project/settings.js'), import('../core.js')]);
      const ids = detectors.map((each) => each.id);
      return (await readSettings(root, ids, config)).settings;
    },
  });
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}
