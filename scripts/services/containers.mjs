/** Services as containers. Images: the ones named by the environment, else official ones, else ones made here from Debian packages. */
import { execFileSync, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isMariadbReady, isPostgresReady, isRedisReady } from './processes.mjs';

/** Where the tags of single runs stand. The last word is the server's own, as in `redis:7`. */
const OWN = 'isolation-audit-run';

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
  mariadb: {
    images: [process.env.ISOLATION_AUDIT_MARIADB_IMAGE, 'isolation-audit-test/mariadb:10.11', 'mariadb:11'],
    port: 3306,
    options: ['-e', 'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD=1', '--tmpfs', '/var/lib/mysql'],
    isReady: isMariadbReady,
    url: (port) => `mysql://root@127.0.0.1:${port}/mysql`,
  },
};

export const names = Object.keys(services);

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

/** An image that this machine has or can get; made here where neither a registry nor Docker is there yet. */
export function imageOf(name) {
  const images = services[name].images.filter(Boolean);
  if (!works('version')) build();
  const there =
    images.find((image) => works('image', 'inspect', image)) ??
    images.find((image) => !image.startsWith('isolation-audit-test/') && works('pull', '-q', image));
  if (there) return there;
  build();
  return images.find((image) => works('image', 'inspect', image));
}

/** Installs and starts Docker where it is not, and makes all images at once. */
function build() {
  if (process.getuid?.() !== 0) throw new Error('Docker does not answer, or has no image and reaches no registry. As root on Debian both are made here.');
  const script = fileURLToPath(new URL('./images.sh', import.meta.url));
  const { status, error, stderr = '' } = spawnSync('bash', [script], { encoding: 'utf8', stdio: ['ignore', 2, 'pipe'], timeout: 300_000 });
  if (status === 0) return;
  process.stderr.write(stderr);
  const why = /^images\.sh: ERROR: (.*)$/m.exec(stderr)?.[1] ?? error?.message ?? 'it ended without a word';
  throw new Error(`Docker could not be set up: ${why}.`);
}

/** Names for images under which one run starts all its containers, so that they are found again whoever has started them. */
export function tagImages(run) {
  return Object.fromEntries(
    names.map((name) => {
      const tag = `${OWN}/${name}:${run}`;
      docker('tag', imageOf(name), tag);
      return [name, tag];
    }),
  );
}

/** The runs that have tagged images. */
export function taggedRuns() {
  if (!works('version')) return [];
  const tags = docker('images', '--format', '{{.Tag}}', `${OWN}/*`).split('\n').filter(Boolean);
  return [...new Set(tags)];
}

/** Takes away the images of a run, so that nothing of it can start any more, and then its containers. */
export function removeTagged(run) {
  const tags = names.map((name) => `${OWN}/${name}:${run}`);
  for (const tag of tags) works('rmi', '--force', '--no-prune', tag);
  const left = all().filter((id) => tags.includes(imageIn(id)));
  if (left.length > 0) works('rm', '--force', '--volumes', ...left);
  // Whatever somebody else is removing already is refused to us, and takes its time.
  const limit = Date.now() + 20_000;
  while (left.some((id) => all().includes(id))) {
    if (Date.now() > limit) throw new Error(`These containers cannot be removed: ${left.join(' ')}`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }
  return left.length;
}

const all = () => docker('ps', '--all', '--quiet', '--no-trunc').split('\n').filter(Boolean);

/** The image by the name under which a container was started. */
function imageIn(id) {
  try {
    return docker('inspect', '--format', '{{.Config.Image}}', id);
  } catch {
    // Gone meanwhile.
    return undefined;
  }
}
