/** Services as containers. Images: the ones named by the environment, else official ones, else ones made here from Debian packages. */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isPostgresReady, isRedisReady } from './processes.mjs';

const services = {
  redis: {
    images: [process.env.ISOLATION_AUDIT_REDIS_IMAGE, 'isolation-audit-test/redis:7', 'redis:7-alpine'],
    port: 6379,
    options: [],
    isReady: isRedisReady,
    url: (port) => `redis://127.0.0.1:${port}`,
  },
  postgres: {
    images: [process.env.ISOLATION_AUDIT_POSTGRES_IMAGE, 'isolation-audit-test/postgres:15', 'postgres:16-alpine'],
    port: 5432,
    options: ['-e', 'POSTGRES_PASSWORD=postgres', '--tmpfs', '/var/lib/postgresql/data'],
    isReady: isPostgresReady,
    url: (port) => `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
  },
};

const docker = (...args) => execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
const works = (...args) => {
  try {
    docker(...args);
    return true;
  } catch {
    return false;
  }
};

export async function start(name, _place, { run }) {
  const service = services[name];
  const image = imageOf(name);
  const id = docker(
    'run',
    '-d',
    '--rm',
    '--label',
    `isolation-audit.run=${run}`,
    '--label',
    `isolation-audit.service=${name}`,
    '-p',
    `127.0.0.1::${service.port}`,
    ...service.options,
    image,
  );
  const port = Number(docker('port', id, String(service.port)).split('\n')[0].split(':').pop());
  const limit = Date.now() + 60_000;
  // The official Postgres image starts once for its own set-up and once for good: it must answer twice in a row.
  for (let answered = 0; answered < 3;) {
    if (Date.now() > limit) throw new Error(`The ${name} container (${image}) did not answer within 60 s:\n${docker('logs', '--tail', '12', id)}`);
    answered = (await service.isReady(port)) ? answered + 1 : 0;
    await sleep(150);
  }
  return { url: service.url(port), container: id };
}

export const stop = async (member, run) => kill(member, run);
export const isUp = async (member) => member.container !== undefined && docker('ps', '-q', '--no-trunc').includes(member.container);

/** By label, so that a container is found even if its run died before it noted the id. */
export function kill({ name }, run) {
  try {
    const ids = docker('ps', '-aq', '--filter', `label=isolation-audit.run=${run}`, '--filter', `label=isolation-audit.service=${name}`)
      .split('\n')
      .filter(Boolean);
    if (ids.length > 0) docker('rm', '-f', '-v', ...ids);
  } catch {
    // No Docker any more: nothing runs in it.
  }
}

export function imageOf(name) {
  const images = services[name].images.filter(Boolean);
  const script = fileURLToPath(new URL('./images.sh', import.meta.url));
  const build = () => {
    if (process.getuid?.() !== 0) throw new Error('Docker does not answer. Start it, or run as root on Debian to have it installed.');
    execFileSync('bash', [script, name], { stdio: ['ignore', 2, 2] });
  };
  if (!works('version')) build();
  const there =
    images.find((image) => works('image', 'inspect', image)) ??
    images.find((image) => !image.startsWith('isolation-audit-test/') && works('pull', '-q', image));
  if (there) return there;
  build();
  return images.find((image) => works('image', 'inspect', image));
}
