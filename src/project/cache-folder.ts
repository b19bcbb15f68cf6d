import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Below node_modules, which git ignores; a project without it has its cache in the user's own cache folder. */
export function cacheFolder(root: string): string {
  const modules = join(root, 'node_modules');
  return existsSync(modules)
    ? join(modules, '.cache', 'isolation-audit')
    : join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'isolation-audit', createHash('sha1').update(root).digest('hex').slice(0, 16));
}
