/** Programs of servers that are installed on this machine. */
import { accessSync, constants, existsSync, readdirSync, realpathSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';

/** Debian keeps PostgreSQL's programs off the path, a folder for each version. */
const VERSIONS = '/usr/lib/postgresql';

export function findProgram(name: string): string | undefined {
  const newest = existsSync(VERSIONS)
    ? readdirSync(VERSIONS)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(VERSIONS, version, 'bin'))
    : [];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...newest, '/usr/local/bin', '/opt/homebrew/bin', '/usr/bin', '/usr/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** The jars of a Neo4j 5: of NEO4J_HOME, of the `neo4j` on the path, or where Debian's package puts them. Later ones have another main class and want a later Java. */
export function findJars(): string | undefined {
  const program = findProgram('neo4j');
  const homes = [process.env['NEO4J_HOME'], program && dirname(dirname(realpathSync(program))), '/usr/share/neo4j'];
  return homes
    .flatMap((home) => (home === undefined ? [] : join(home, 'lib')))
    .find((folder) => existsSync(folder) && readdirSync(folder).some((name) => /^neo4j-5\.[\d.]+\.jar$/.test(name)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface User {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root: root runs servers as a user without rights. */
export function serverUser(): User {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string): number => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // There is no such user.
    }
  }
  return {};
}
