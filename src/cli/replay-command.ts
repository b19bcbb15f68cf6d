import { resolve } from 'node:path';
import type { Replayed } from '../verify/index.js';
import type { VerifyRequest } from './arguments.js';
import { checkRoot } from './check-root.js';
import { progressLine } from './progress.js';
import { untilInterrupted } from './signals.js';
import type { World } from './world.js';

/** A run that was not done as it was says nothing: nobody is to take that for a pass. */
const STATUS: Readonly<Record<Replayed['word'], 0 | 1 | 2>> = { 'FAILS-AGAIN': 1, 'FAILS-OTHERWISE': 1, PASSES: 0, SERIALISED: 0, 'NOT-FOLLOWED': 2 };

/** Does one run again that a report tells. Writes no report; the status is 1 when the test fails, and 2 when the order did not come about. */
export async function replayCommand({ root: asked, config, prepare, quiet }: VerifyRequest, run: string, world: World): Promise<0 | 1 | 2> {
  const root = resolve(world.cwd, asked);
  checkRoot(asked, root);
  const progress = progressLine(world.stderr);
  let replayed: Replayed;
  try {
    replayed = await untilInterrupted((signal) =>
      world.replay({
        root,
        run,
        ...(config === undefined ? {} : { config: resolve(world.cwd, config) }),
        ...(prepare === undefined ? {} : { prepare }),
        ...(quiet ? {} : { onProgress: progress.show }),
        signal,
      }),
    );
  } finally {
    progress.clear();
  }
  world.stdout.write(`${told(replayed).join('\n')}\n`);
  return STATUS[replayed.word];
}

const FURTHER =
  '  So nothing is said of the test. `verify` tries its files as they are now; `verify --against <ref>`, with a ref at which it failed, says whether it is fixed.';

function told({ word, why, replay, order, failure, versions, milliseconds }: Replayed): readonly string[] {
  const { fails } = replay;
  const worker = (file: string): number => (replay.kind === 'at-once' && replay.files.B === file ? 2 : 1);
  const other = replay.kind === 'at-once' ? Object.values(replay.files).find((file) => file !== fails.file) : undefined;
  return [
    `${word}: ${why}.`,
    ...(other === undefined ? [] : [`  A  ${other}, as worker ${worker(other)}`]),
    `  B  ${fails.file}, as worker ${worker(fails.file)}: ${fails.name}`,
    `  ${order}`,
    ...(failure === undefined ? [] : [`  B says: ${failure}`]),
    `  ${[...versions, `${(milliseconds / 1000).toFixed(1)} s`].join(', ')}`,
    ...(word === 'NOT-FOLLOWED' ? [FURTHER] : []),
  ];
}
