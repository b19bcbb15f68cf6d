import type { Statement } from '../../model/catalogue.js';
import { flag, flags, known, operands, type Words } from './shell-words.js';

/** The project of a compose command that names none. */
export const DIRECTORY_PROJECT = 'compose project of the directory';

/** `docker run`, `docker rm`, `docker compose up`. */
export function docker(words: Words): Statement[] {
  const [head = '', first = '', second = ''] = words;
  if (head.endsWith('-compose')) return compose(words);
  if (first === 'compose') return compose(words.slice(1));
  const own = first === 'container' ? second : first;
  const rest = first === 'container' ? words.slice(1) : words;
  switch (own) {
    case 'run':
    case 'create': {
      const name = flag(rest, '--name');
      const ports = flags(rest, '-p', '--publish').map(hostPort);
      return [
        ...(name === undefined ? [] : [container('bind', name)]),
        ...ports.flatMap((each): Statement[] => (each === undefined ? [] : [{ op: 'bind', kind: 'network-port', names: 'port', ...known(each) }])),
      ];
    }
    case 'rm':
    case 'kill':
    case 'stop':
    case 'restart': {
      const all = rest.some((word) => /\$\(|`/.test(word));
      if (all) return [{ op: 'wipe', wipes: 'server', kind: 'container', note: `docker ${own} of all containers` }];
      return operands(rest, ['-t', '--time'])
        .slice(1)
        .map((each) => container('wipe', each));
    }
    case 'system':
    case 'volume':
    case 'network':
    case 'image':
      if (second === 'prune') return [{ op: 'wipe', wipes: 'server', kind: 'container', note: `docker ${first} prune` }];
      if (second === 'rm')
        return operands(words.slice(1))
          .slice(1)
          .map((each) => container('wipe', each));
      return second === 'create'
        ? operands(words.slice(1))
            .slice(-1)
            .map((each) => container('create', each))
        : [];
    case 'prune':
      return [{ op: 'wipe', wipes: 'server', kind: 'container', note: 'docker container prune' }];
    case 'exec':
      return operands(rest, ['-e', '-u', '-w'])
        .slice(1, 2)
        .map((each) => container('write', each));
    default:
      return [];
  }
}

function compose(words: Words): Statement[] {
  const name = flag(words, '-p', '--project-name') ?? DIRECTORY_PROJECT;
  const verb = operands(words, ['-p', '--project-name', '-f', '--file', '--profile', '--env-file'])[0];
  const project = (op: 'bind' | 'wipe' | 'write', note: string): Statement => ({
    op,
    kind: 'container',
    names: 'project',
    ...known(name),
    ...(op === 'wipe' ? { wipes: 'database' as const } : {}),
    note,
  });
  switch (verb) {
    case 'up':
    case 'start':
    case 'create':
      return [project('bind', `docker compose ${verb}`)];
    case 'down':
    case 'rm':
    case 'stop':
    case 'restart':
    case 'kill':
      return [project('wipe', `docker compose ${verb}`)];
    case 'exec':
    case 'run':
      return [project('write', `docker compose ${verb}`)];
    default:
      return [];
  }
}

const container = (op: 'bind' | 'wipe' | 'write' | 'create', name: string): Statement => ({
  op,
  kind: 'container',
  names: 'container',
  ...known(name),
  ...(op === 'wipe' ? { wipes: 'unit' as const } : {}),
});

/** `5433:5432`, `127.0.0.1:5433:5432/tcp`; a bare `5432` or an empty host side takes a free port. */
function hostPort(mapping: string): string | undefined {
  const parts = mapping.replace(/\/(tcp|udp)$/, '').split(':');
  const host = parts.length >= 2 ? parts.at(-2)! : '';
  return host === '' || host === '0' ? undefined : host;
}
