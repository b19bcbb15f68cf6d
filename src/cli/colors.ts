import type { Output, World } from './world.js';

type Level = 0 | 1 | 2 | 3;

/** How many colours an output takes. FORCE_COLOR is stronger than NO_COLOR, as in Node itself. */
export function colorLevel(world: Pick<World, 'env'>, output: Output, wanted: boolean): Level {
  const { env } = world;
  if (!wanted) return 0;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) {
    if (forced === '0' || forced === 'false') return 0;
    return forced === '2' ? 2 : forced === '3' ? 3 : 1;
  }
  if (env['NO_COLOR']) return 0;
  const term = env['TERM'] ?? '';
  if (output.isTTY !== true || term === 'dumb') return 0;
  if (/^(truecolor|24bit)$/.test(env['COLORTERM'] ?? '')) return 3;
  return term.includes('256') ? 2 : 1;
}
