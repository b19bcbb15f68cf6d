import type { Statement } from '../../model/catalogue.js';
import type { ResourceKind } from '../../model/claims.js';
import { build } from './shell-builds.js';
import { docker } from './shell-docker.js';
import { migration } from './shell-migrations.js';
import { database, flag, known, operands, type Words } from './shell-words.js';
import { classifyRedis } from './redis.js';
import { classifySql } from './sql.js';
import { HOLE, joinParts } from './text.js';

const LAUNCHERS = new Set([
  'sudo',
  'npx',
  'bunx',
  'pnpx',
  'cross-env',
  'env',
  'time',
  'nohup',
  'exec',
  'command',
  'dotenv',
  '--',
  '-y',
  '--yes',
  '-T',
  '-e',
  'wait-for-it',
]);

/** What the commands of a shell text do to things that others share. */
export function classifyShell(parts: readonly (string | null)[]): Statement[] {
  return commands(joinParts(parts)).flatMap((words) => [...redirects(words), ...command(launched(words))]);
}

/** Commands of a script as words without quotes; `&&`, `||`, `;`, `|` and line ends separate them. */
function commands(text: string): string[][] {
  const out: string[][] = [[]];
  let current = '';
  let any = false;
  const flush = (): void => {
    if (any) out.at(-1)!.push(current);
    current = '';
    any = false;
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === "'" || char === '"') {
      any = true;
      for (at++; at < text.length && text[at] !== char; at++) {
        if (text[at] === '\\' && char === '"') at++;
        current += text[at] ?? '';
      }
    } else if (char === '\\') {
      at++;
      if (text[at] !== '\n') {
        current += text[at] ?? '';
        any = true;
      }
    } else if (char === '#' && !any) {
      while (at + 1 < text.length && text[at + 1] !== '\n') at++;
    } else if ('&|;\n'.includes(char) && !(char === '&' && text[at - 1] === '>')) {
      flush();
      out.push([]);
    } else if (char === '>') {
      if (/^\d$/.test(current)) {
        current = '';
        any = false;
      }
      flush();
      out.at(-1)!.push('>');
      if (text[at + 1] === '>') at++;
    } else if (/\s/.test(char)) flush();
    else {
      current += char;
      any = true;
    }
  }
  flush();
  return out.filter((each) => each.length > 0);
}

/** Without `FOO=1`, `npx`, `pnpm exec` and the like. */
function launched(words: readonly string[]): Words {
  let at = 0;
  for (;;) {
    const word = words[at];
    if (word === undefined) break;
    if (LAUNCHERS.has(word) || /^[A-Za-z_]\w*=/.test(word)) at++;
    else if (['pnpm', 'npm', 'yarn', 'bun', 'poetry', 'pipenv'].includes(word) && ['exec', 'dlx', 'x', 'run'].includes(words[at + 1] ?? '')) at += 2;
    else if (['pnpm', 'yarn'].includes(word) && ['prisma', 'knex', 'sequelize', 'typeorm', 'drizzle-kit', 'mikro-orm'].includes(words[at + 1] ?? '')) at++;
    else break;
  }
  return words.slice(at);
}

function redirects(words: readonly string[]): Statement[] {
  const at = words.indexOf('>');
  const target = at < 0 ? undefined : words[at + 1];
  return target === undefined || target.startsWith('/dev/') || target.startsWith('&') ? [] : [path('write', target)];
}

const path = (op: 'write' | 'wipe' | 'create', target: string): Statement => ({
  op,
  kind: 'filesystem',
  names: 'path',
  ...known(target),
  ...(op === 'wipe' ? { wipes: 'path' as const } : {}),
});
const port = (unit: string): Statement => ({ op: 'bind', kind: 'network-port', names: 'port', ...known(unit) });

function command(words: Words): Statement[] {
  const [head = '', first = '', second = ''] = words;
  const name = head.split('/').at(-1)!;
  switch (name) {
    case 'docker':
    case 'podman':
    case 'nerdctl':
    case 'docker-compose':
    case 'podman-compose':
      return docker(words);
    case 'psql':
      return inner(
        words,
        'postgresql',
        flag(words, '-d', '--dbname') ?? operands(words, '-h -p -U -c -f -v -o -t'.split(' '))[0],
        flag(words, '-c', '--command'),
      );
    case 'mysql':
    case 'mariadb':
      return inner(words, 'mysql', flag(words, '-D', '--database') ?? operands(words, '-h -P -u -e -p'.split(' '))[0], flag(words, '-e', '--execute'));
    case 'sqlite3':
      return inner(words, 'sqlite', operands(words)[0], operands(words)[1]);
    case 'clickhouse-client':
      return inner(words, 'clickhouse', flag(words, '-d', '--database'), flag(words, '-q', '--query'));
    case 'createdb':
      return [database('create', 'postgresql', operands(words, '-h -p -U -O -T -E'.split(' '))[0])];
    case 'dropdb':
      return [database('drop', 'postgresql', operands(words, '-h -p -U'.split(' '))[0])];
    case 'pg_restore':
      return [{ ...database('write', 'postgresql', flag(words, '-d', '--dbname')) }];
    case 'mysqladmin': {
      const at = words.findIndex((word) => word === 'create' || word === 'drop');
      return at < 0 ? [] : [database(words[at] === 'drop' ? 'drop' : 'create', 'mysql', words[at + 1])];
    }
    case 'redis-cli':
    case 'valkey-cli':
      return redis(words);
    case 'mongosh':
    case 'mongo': {
      const script = flag(words, '--eval') ?? '';
      const named = operands(words, ['--eval', '--host', '--port'])[0]?.split('/').at(-1)?.split('?')[0];
      return /dropDatabase\s*\(/.test(script) ? [database('wipe', 'mongodb', named)] : script === '' ? [] : [database('write', 'mongodb', named)];
    }
    case 'mongorestore':
      return [database(words.includes('--drop') ? 'wipe' : 'write', 'mongodb', flag(words, '--db', '-d'))];
    case 'cypher-shell':
      return [database('write', 'neo4j', flag(words, '-d', '--database'))];
    case 'rm':
    case 'rimraf':
    case 'del-cli':
    case 'trash':
    case 'shx':
      return (name === 'shx' && first !== 'rm' ? [] : operands(name === 'shx' ? words.slice(1) : words)).map((each) => path('wipe', each));
    case 'mkdir':
    case 'mkdirp':
    case 'touch':
      return operands(words, ['-m']).map((each) => path(name === 'touch' ? 'write' : 'create', each));
    case 'cp':
    case 'mv':
    case 'ln':
    case 'rsync':
      return operands(words)
        .slice(-1)
        .map((each) => path('write', each));
    case 'tee':
      return operands(words).map((each) => path('write', each));
    case 'git':
      return first === 'clean' || (first === 'checkout' && words.includes('--')) || first === 'stash' || (first === 'reset' && words.includes('--hard'))
        ? [path('wipe', '.')]
        : [];
    case 'kill-port':
    case 'killport':
      return operands(words).map((each) => ({
        op: 'wipe' as const,
        wipes: 'unit' as const,
        kind: 'network-port' as const,
        names: 'port' as const,
        ...known(each),
      }));
    case 'fuser':
      return operands(words, ['-k', '-n'])
        .filter((each) => each.endsWith('/tcp'))
        .map((each) => ({
          op: 'wipe' as const,
          wipes: 'unit' as const,
          kind: 'network-port' as const,
          names: 'port' as const,
          ...known(each.replace('/tcp', '')),
        }));
    case 'http-server':
    case 'serve':
    case 'json-server':
      return portOf(flag(words, '-p', '-l', '--port', '--listen') ?? (name === 'json-server' || name === 'serve' ? '3000' : '8080'));
    case 'python':
    case 'python3':
      return first === '-m' && second === 'http.server' ? portOf(words[3] ?? '8000') : [];
    case 'redis-server':
    case 'mongod':
    case 'postgres':
      return portOf(flag(words, '--port', '-p') ?? { 'redis-server': '6379', mongod: '27017', postgres: '5432' }[name]);
    default:
      return [...migration(name, words), ...build(name, words)];
  }
}

const portOf = (text: string): Statement[] => (text === '0' ? [] : [port(text)]);

/** The SQL that a client is told to run; its operation, on the database it is told to use. */
function inner(words: Words, kind: ResourceKind, name: string | undefined, sql: string | undefined): Statement[] {
  const plain = name?.includes('://') ? name.split('/').at(-1)?.split('?')[0] : name;
  if (sql === undefined) return [database('write', kind, plain)];
  const statements = classifySql(sql.split(new RegExp(`(${HOLE})`)).map((part) => (part === HOLE ? null : part)));
  if (statements.length === 0 && !words.some((word) => word.includes(HOLE))) return [];
  return (statements.length > 0 ? statements : [{ op: 'write' as const }]).map((each): Statement => {
    if (each.names === 'database' || each.names === 'role') return { ...each, kind };
    return { op: each.op, kind, names: 'database', ...known(plain), ...(each.wipes ? { wipes: each.wipes } : {}), ...(each.note ? { note: each.note } : {}) };
  });
}

function redis(words: Words): Statement[] {
  const index = flag(words, '-n') ?? '0';
  const rest = operands(words, ['-h', '-p', '-a', '-n', '-u', '-s', '--user', '--pass']);
  return classifyRedis([rest.join(' ')]).map((each) => ({
    op: each.op,
    kind: 'redis',
    names: 'database',
    ...known(index),
    ...(each.wipes ? { wipes: each.wipes } : {}),
    ...(each.note ? { note: each.note } : {}),
  }));
}
