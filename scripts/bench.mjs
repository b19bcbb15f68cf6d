// Measures the scan against public tools on given repositories, in interleaved pairs, and prints ratios. Changes nothing in them:
// works on copies in a temporary folder, installs the peers there. Knows the command line of each tool and nothing of their insides.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';

const USAGE = `npm run bench -- --corpus DIR [--corpus DIR ...] [options]

  --corpus DIR     a checkout; given several times, all are measured as one tree
  --runs N         interleaved rounds (default 5; medians are printed)
  --files N,N,...  sizes in test files to measure (default: all of them; 500,2000,8000 shows how the cost grows)
  --peers LIST     of eslint,oxlint,knip (default: all); eslint brings its warm cache along
  --node FILE      run every tool under this Node (default: the one that runs this)
  --json FILE      write the figures there too
  --keep           keep the temporary folder
`;

const PEERS = {
  eslint: ['eslint@10', '@typescript-eslint/parser@8', 'typescript@~6.0.3', 'eslint-plugin-jest@29'],
  oxlint: ['oxlint@1'],
  knip: ['knip@6'],
};
const TEST_FILE = /(\.|[-_])(test|spec)s?\.[cm]?[jt]sx?$|(^|\/)(__tests__|tests?|spec|e2e)\/.*\.[cm]?[jt]sx?$/;

const { values } = readArguments();
const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/cli/main.js');
const node = values.node ? resolve(values.node) : process.execPath;
const runs = Number(values.runs);
const peers = values.peers.split(',').filter(Boolean);
/** Everything is held to two cores, where the system lets us. */
const pinned = availableParallelism() > 2 && spawnSync('taskset', ['-V']).status === 0 ? ['taskset', '-c', '0,1'] : [];

function readArguments() {
  try {
    const read = parseArgs({
      options: {
        corpus: { type: 'string', multiple: true },
        runs: { type: 'string', default: '5' },
        files: { type: 'string', default: 'all' },
        peers: { type: 'string', default: Object.keys(PEERS).join(',') },
        node: { type: 'string' },
        json: { type: 'string' },
        keep: { type: 'boolean', default: false },
      },
    });
    const strange = read.values.peers.split(',').filter((name) => name && !(name in PEERS));
    if (strange.length > 0) throw new Error(`Unknown peer ${strange.join(', ')}.`);
    for (const folder of read.values.corpus ?? []) if (!existsSync(folder)) throw new Error(`No folder ${folder}.`);
    if (!read.values.corpus?.length) throw new Error('Name at least one repository with --corpus.');
    return read;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/** Written beside every measured Node process at its end: its own peak memory and CPU time, threads included. */
const PROBE = `
const { isMainThread } = require('node:worker_threads');
if (isMainThread && process.env.BENCH_PROBE) process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  require('node:fs').writeFileSync(process.env.BENCH_PROBE + '.' + process.pid, JSON.stringify({ maxRSS, cpu: userCPUTime + systemCPUTime }));
});
`;

const work = mkdtempSync(join(tmpdir(), 'isolation-audit-bench-'));
const probes = join(work, 'probes');
mkdirSync(probes);
const probe = join(work, 'probe.cjs');
writeFileSync(probe, PROBE);

/** One run of a Node program: wall seconds, CPU seconds, peak MB. */
function run(command, cwd) {
  for (const left of readdirSync(probes)) rmSync(join(probes, left));
  const [file, ...args] = [...pinned, node, ...command];
  const env = { ...process.env, NODE_OPTIONS: `--require ${probe}`, BENCH_PROBE: join(probes, 'run'), NO_COLOR: '1', CI: '1' };
  const from = performance.now();
  const { status, signal, stdout, stderr } = spawnSync(file, args, { cwd, env, encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] });
  const wall = (performance.now() - from) / 1000;
  const seen = readdirSync(probes).map((path) => JSON.parse(readFileSync(join(probes, path), 'utf8')));
  const cpu = seen.reduce((sum, each) => sum + each.cpu, 0) / 1e6;
  const megabytes = seen.reduce((most, each) => Math.max(most, each.maxRSS), 0) / 1024;
  return { status: signal ?? status, wall, cpu, megabytes, stdout, stderr };
}

function installPeers() {
  const wanted = peers.flatMap((name) => PEERS[name]);
  if (wanted.length === 0) return undefined;
  const folder = join(tmpdir(), 'isolation-audit-bench-peers');
  mkdirSync(folder, { recursive: true });
  const manifest = join(folder, 'package.json');
  const known = existsSync(manifest) ? (JSON.parse(readFileSync(manifest, 'utf8')).measured ?? []) : [];
  if (!wanted.every((spec) => known.includes(spec))) {
    console.log(`Installing ${wanted.join(' ')} in ${folder}`);
    writeFileSync(manifest, '{ "private": true, "type": "module" }\n');
    const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...wanted], {
      cwd: folder,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error('npm could not install the peers.');
    writeFileSync(manifest, JSON.stringify({ ...JSON.parse(readFileSync(manifest, 'utf8')), measured: wanted }));
  }
  writeFileSync(
    join(folder, 'eslint.config.mjs'),
    `import jest from 'eslint-plugin-jest';
import * as parser from '@typescript-eslint/parser';
const recommended = jest.configs['flat/recommended'];
// The version is given because no jest is installed beside the copies.
export default [{ ...recommended, files: ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'], languageOptions: { ...recommended.languageOptions, parser }, settings: { jest: { version: 30 } } }];
`,
  );
  return folder;
}

const versionOf = (folder, name) => JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;

/** Copies the corpora side by side; of the test files only the first `limit`, taken evenly from all. Repeats the corpora when they are too few. */
function copyOf(corpora, limit) {
  const tree = join(work, `tree-${limit}`);
  mkdirSync(tree);
  const skip = /(^|\/)(node_modules|\.git)$/;
  let copies = 0;
  const tests = [];
  while (tests.length < (limit === Infinity ? 1 : limit)) {
    const before = tests.length;
    for (const corpus of corpora) {
      const name = copies === 0 ? basename(corpus) : `${basename(corpus)}-${copies + 1}`;
      cpSync(corpus, join(tree, name), { recursive: true, filter: (path) => !skip.test(relative(corpus, path).replaceAll('\\', '/')), verbatimSymlinks: true });
      const files = readdirSync(join(tree, name), { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
      for (const path of files) if (TEST_FILE.test(path) && /(test|spec)s?\.[cm]?[jt]sx?$/.test(path)) tests.push(join(name, path));
    }
    copies++;
    if (limit === Infinity || tests.length === before) break;
  }
  const kept = limit === Infinity ? tests : tests.filter((_, at) => Math.floor((at * limit) / tests.length) !== Math.floor(((at - 1) * limit) / tests.length));
  const keep = new Set(kept);
  for (const path of tests) if (!keep.has(path)) rmSync(join(tree, path));
  writeFileSync(join(tree, 'package.json'), JSON.stringify({ name: 'corpus', private: true, workspaces: ['*'] }));
  return { tree, copies };
}

/** The test files as our own scan finds them: every peer gets exactly these. */
function testFilesOf(tree) {
  const said = run([main, 'scan', '.', '--no-cache', '--format', 'json', '--output', '-'], tree);
  try {
    return JSON.parse(said.stdout).files.map((file) => file.path);
  } catch {
    throw new Error(`The scan of ${tree} gave no JSON report (exit ${said.status}): ${said.stderr.slice(0, 400)}`);
  }
}

/** Commands by name, for one tree. `before` is run once, unmeasured. */
function commandsFor(tree, files, folder) {
  const report = ['--format', 'json', '--output', join(work, 'report.json')];
  const commands = {
    'node -e 0': { command: ['-e', '0'] },
    'isolation-audit --version': { command: [main, '--version'] },
    'scan, cold': { command: [main, 'scan', '.', '--no-cache', ...report] },
    'scan, warm': { command: [main, 'scan', '.', ...report], prepare: true },
  };
  if (!folder) return commands;
  const bin = (name, path) => join(folder, 'node_modules', name, path);
  if (peers.includes('eslint')) {
    const eslint = [
      bin('eslint', 'bin/eslint.js'),
      '--config',
      join(folder, 'eslint.config.mjs'),
      '--no-inline-config',
      '--no-warn-ignored',
      '--quiet',
      '--format',
      'json',
      '--output-file',
      join(work, 'eslint.json'),
    ];
    const warm = ['--cache', '--cache-location', join(work, 'eslint-cache')];
    commands['eslint'] = { command: [...eslint, ...files] };
    commands['eslint --cache, warm'] = { command: [...eslint, ...warm, ...files], prepare: true };
  }
  if (peers.includes('oxlint')) {
    commands['oxlint'] = {
      command: [
        bin('oxlint', 'bin/oxlint'),
        '--jest-plugin',
        '--vitest-plugin',
        '--threads',
        '2',
        '--disable-nested-config',
        '--no-ignore',
        '--silent',
        ...files,
      ],
    };
  }
  if (peers.includes('knip')) commands['knip'] = { command: [bin('knip', 'bin/knip.js'), '--no-exit-code', '--no-progress', '--directory', tree] };
  return commands;
}

/** What the assignment asks for: ours, the peer's, the highest ratio. */
const GOALS = [
  { ours: 'scan, cold', peer: 'eslint', of: 'wall', goal: 0.15 },
  { ours: 'scan, cold', peer: 'eslint', of: 'cpu', goal: undefined },
  { ours: 'scan, cold', peer: 'eslint', of: 'megabytes', goal: 0.5 },
  { ours: 'scan, cold', peer: 'oxlint', of: 'wall', goal: 6 },
  { ours: 'scan, cold', peer: 'knip', of: 'wall', goal: undefined },
  { ours: 'scan, warm', peer: 'eslint --cache, warm', of: 'wall', goal: 0.15 },
  { ours: 'isolation-audit --version', peer: 'node -e 0', of: 'wall', goal: 1.5 },
];
const UNIT = { wall: 'wall time', cpu: 'CPU time', megabytes: 'peak memory' };

function measure(tree, folder) {
  const files = testFilesOf(tree);
  const commands = Object.entries(commandsFor(tree, files, folder));
  const seen = Object.fromEntries(commands.map(([name]) => [name, []]));
  for (const [, { command, prepare }] of commands) if (prepare) run(command, tree);
  for (let round = 0; round < runs; round++) for (const [name, { command }] of commands) seen[name].push(run(command, tree));

  const bytes = files.reduce((sum, path) => sum + readFileSync(join(tree, path)).length, 0);
  console.log(`\n${files.length} test files, ${(bytes / 1e6).toFixed(1)} MB, medians of ${runs} interleaved rounds`);
  const rows = Object.entries(seen).map(([name, all]) => {
    const [wall, cpu, megabytes] = ['wall', 'cpu', 'megabytes'].map((key) => median(all.map((each) => each[key])));
    return { name, wall, cpu, megabytes, exits: [...new Set(all.map((each) => each.status))].join(' ') };
  });
  for (const row of rows) {
    console.log(
      `  ${row.name.padEnd(26)} ${row.wall.toFixed(2).padStart(7)} s  CPU ${row.cpu.toFixed(2).padStart(7)} s  ${row.megabytes.toFixed(0).padStart(5)} MB  exit ${row.exits}`,
    );
  }
  const ratios = GOALS.filter(({ ours, peer }) => seen[ours] && seen[peer]).map((goal) => {
    const ratio = median(seen[goal.ours].map((each, round) => each[goal.of] / seen[goal.peer][round][goal.of]));
    return { ...goal, ratio };
  });
  for (const { ours, peer, of, goal, ratio } of ratios) {
    const verdict = goal === undefined ? '' : ratio <= goal ? `goal ${goal}: reached` : `goal ${goal}: MISSED`;
    console.log(`  ${`${ours} ÷ ${peer}, ${UNIT[of]}`.padEnd(58)} ${ratio.toFixed(3).padStart(7)}  ${verdict}`);
  }
  return { files: files.length, bytes, rows, ratios };
}

try {
  const folder = installPeers();
  const versions = Object.fromEntries(
    peers
      .flatMap((name) => PEERS[name])
      .map((spec) => spec.replace(/(?!^)@.*/, ''))
      .map((name) => [name, versionOf(folder, name)]),
  );
  const nodeVersion = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  console.log(
    `node ${nodeVersion}, ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}`,
  );
  const sizes = values.files === 'all' ? [Infinity] : values.files.split(',').map(Number);
  const results = [];
  for (const size of sizes) {
    const { tree, copies } = copyOf(
      values.corpus.map((path) => resolve(path)),
      size,
    );
    if (copies > 1) console.log(`\nThe repositories hold fewer than ${size} test files: they are taken ${copies} times.`);
    results.push(measure(tree, folder));
    if (!values.keep) rmSync(tree, { recursive: true, force: true });
  }
  if (results.length > 1) {
    console.log('\nGrowth, per 1,000 test files');
    for (const { files, bytes, rows } of results) {
      const cold = rows.find((row) => row.name === 'scan, cold');
      console.log(`  ${String(files).padStart(6)} files: ${((cold.wall / files) * 1000).toFixed(2)} s, ${(cold.wall / (bytes / 1e6)).toFixed(3)} s per MB`);
    }
  }
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ node: nodeVersion, versions, runs, results }, null, 2)}\n`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
} finally {
  if (values.keep) console.log(`Kept: ${work}`);
  else rmSync(work, { recursive: true, force: true });
}
