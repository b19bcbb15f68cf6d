import type { Axis, Confidence, Rule } from '../../src/model/finding.js';
import type { Report, ReportedFinding, ReportedPlace, ReportedRunner } from '../../src/model/report.js';
import type { FixCheck, Meeting, ObservedSuite, RepeatedSuite, Verdict } from '../../src/model/verdict.js';

/** The one stored report that every reporter is tested on: a shop whose orders and invoices share a database. */

export function place(path: string, line: number, note: string, code?: string, column = 1): ReportedPlace {
  const lines = code?.split('\n') ?? [''];
  return {
    path,
    span: [line * 100 + column, line * 100 + column + lines.join('\n').length],
    region: { startLine: line, startColumn: column, endLine: line + lines.length - 1, endColumn: (lines.length === 1 ? column : 1) + lines.at(-1)!.length },
    note,
    ...(code === undefined ? {} : { code }),
  };
}

const rule = (id: string, axis: readonly Axis[], summary: string): Rule => ({ id, axis, summary, wording: { what: '{what}', why: '{why}', fix: '{fix}' } });

export const rules: readonly Rule[] = [
  rule('hardcoded-database-name', ['A', 'R'], 'Two test files write to one database.'),
  rule('unscoped-wipe', ['A', 'W'], 'A test empties what other tests use.'),
  rule('fixed-port', ['A', 'W'], 'Tests bind one port.'),
  rule('shared-path', ['A', 'W', 'R'], 'Tests write to one path.'),
  rule('leaked-env', ['W', 'P'], 'A test changes `process.env` and leaves it changed.'),
  rule('missing-cleanup', ['A', 'W'], 'A test opens something and does not close it.'),
  rule('serial-suite', [], 'The suite is forced to run one file after another.'),
];

const orders = ['test/orders/cancel.test.ts', 'test/orders/create.test.ts', 'test/orders/list.test.ts', 'test/orders/refund.test.ts'];
const invoices = ['test/invoices/[id].test.ts', 'test/invoices/send (retry).test.ts', 'test/invoices/total.test.ts'];
const database = [...orders, ...invoices].sort();

interface Draft {
  readonly rule: string;
  readonly axis: readonly Axis[];
  readonly confidence: Confidence;
  readonly condition?: string;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  readonly places: readonly [ReportedPlace, ...ReportedPlace[]];
  readonly key: string;
  readonly title: string;
  readonly files: readonly string[];
  readonly repair?: 'automatic';
}

function finding(number: number, draft: Draft): ReportedFinding {
  const { rule: id, axis, confidence, condition, what, why, fix, places, key, title, files } = draft;
  const paths = [...new Set(places.map((each) => each.path))];
  return {
    number,
    rule: id,
    axis,
    confidence,
    ...(condition === undefined ? {} : { condition }),
    wording: { what, why, fix },
    places,
    resource: { key, title },
    files,
    fingerprints: Object.fromEntries(paths.map((path, at) => [path, (number * 4096 + at).toString(16).padStart(16, '0')])),
    fix: draft.repair ?? 'by-hand',
  };
}

const DATABASE = { key: 'postgresql localhost:5432 shop_test', title: 'Postgres database `shop_test`' };
const PORT = { key: 'network-port 4310', title: 'Port 4310' };
const EXPORTS = { key: 'filesystem tmp/exports/a|b.csv', title: 'Path `tmp/exports/a|b.csv`' };
const FORKS = 'Vitest runs test files in separate worker processes';

export const findings: readonly ReportedFinding[] = [
  finding(1, {
    ...DATABASE,
    rule: 'hardcoded-database-name',
    axis: ['A', 'R'],
    confidence: 'certain',
    what: 'Postgres database `shop_test` collides: 7 test files write to it and can run at the same time.',
    why: `${FORKS}, so rows of one file appear in the assertions of another.`,
    fix: 'Put `VITEST_POOL_ID` into the database name and create the database in a worker fixture.',
    places: [
      place('test/helpers/db.ts', 4, 'named here', "export const pool = new Pool({\n  host: 'localhost',\n  database: 'shop_test',\n});"),
      ...database.map((path, at) =>
        place(path, 12 + at, at === 0 ? 'written here' : 'and here, in another worker', `    await pool.query('insert into orders values ($1)', [${at}]);`, 5),
      ),
    ],
    files: database,
    repair: 'automatic',
  }),
  finding(2, {
    ...DATABASE,
    rule: 'unscoped-wipe',
    axis: ['A', 'W'],
    confidence: 'certain',
    what: '`TRUNCATE orders, invoices` collides: it empties tables that 6 other test files fill.',
    why: `${FORKS}, so rows vanish between the insert and the assertion of another file.`,
    fix: 'Delete only the rows that the test made.',
    places: [
      place('test/orders/list.test.ts', 9, 'wiped here', "  await pool.query('TRUNCATE orders, invoices CASCADE');", 3),
      place('test/invoices/total.test.ts', 21, 'filled here, in another worker', '  await pool.query(`insert into invoices values (${total})`);', 3),
    ],
    files: database,
  }),
  finding(3, {
    ...PORT,
    rule: 'fixed-port',
    axis: ['A', 'W'],
    confidence: 'likely',
    what: 'Port 4310 can collide: two test files bind it.',
    why: `${FORKS}, so the second bind fails with EADDRINUSE.`,
    fix: 'Bind port 0 and read the port back from the server.',
    places: [
      place('test/api/health.test.ts', 7, 'bound here', '  server = app.listen(4310);', 3),
      place('test/api/login.test.ts', 8, 'and here, in another worker', '  server = app.listen(PORT);', 3),
    ],
    files: ['test/api/health.test.ts', 'test/api/login.test.ts'],
    repair: 'automatic',
  }),
  finding(4, {
    ...EXPORTS,
    rule: 'shared-path',
    axis: ['A'],
    confidence: 'likely',
    what: 'Path `tmp/exports/a|b.csv` can collide: `invoices/send (retry).test.ts` writes it while <Report> reads it.',
    why: `${FORKS}, so a reader sees half a file.`,
    fix: 'Write below a directory from `mkdtemp`.',
    places: [
      place('test/invoices/send (retry).test.ts', 30, 'written here', "  writeFileSync('tmp/exports/a|b.csv', '```\\n');", 3),
      place('test/api/login.test.ts', 40, 'read here, in another worker'),
    ],
    files: ['test/api/login.test.ts', 'test/invoices/send (retry).test.ts'],
  }),
  finding(5, {
    key: 'env TZ',
    title: '`process.env.TZ`',
    rule: 'leaked-env',
    axis: ['W'],
    confidence: 'certain',
    what: '`process.env.TZ` is set to `UTC` and not put back.',
    why: 'Tests of one file share a process, so every later test of the file runs in UTC.',
    fix: 'Set it with `vi.stubEnv` and call `vi.unstubAllEnvs` in `afterEach`.',
    places: [
      place('test/dates.test.ts', 5, 'set here', "  process.env.TZ = 'UTC';", 3),
      place('test/dates.test.ts', 18, 'seen here by a later test', '    expect(format(due)).toBe(text);', 5),
    ],
    files: [],
    repair: 'automatic',
  }),
  finding(6, {
    key: 'handle redis',
    title: 'Redis connection',
    rule: 'missing-cleanup',
    axis: ['W'],
    confidence: 'likely',
    what: 'A Redis connection is opened and stays open when the test throws.',
    why: 'The call that closes it is the last statement of the test, which a failed assertion skips.',
    fix: 'Close it in `afterEach`.',
    places: [
      place('test/cache.test.ts', 6, 'opened here', '  const redis = new Redis();', 3),
      place('test/cache.test.ts', 16, 'closed only here', '  await redis.quit();', 3),
    ],
    files: [],
  }),
  finding(7, {
    key: 'database shop_test across runs',
    title: 'Postgres database `shop_test`',
    rule: 'hardcoded-database-name',
    axis: ['R'],
    confidence: 'possible',
    condition: 'two runs share one Postgres server',
    what: 'Postgres database `shop_test` may collide when two runs share one server.',
    why: 'Two whole runs compute the same name.',
    fix: 'Add a run id to the name.',
    places: [place('test/helpers/db.ts', 6, 'named here', "  database: 'shop_test',", 3)],
    files: [],
  }),
  finding(8, {
    key: 'serial vitest',
    title: 'Vitest in the root',
    rule: 'serial-suite',
    axis: [],
    confidence: 'certain',
    what: 'Vitest is told to run one file after another.',
    why: '2 resources stand behind it.',
    fix: 'Remove `fileParallelism: false` once they are repaired.',
    places: [place('vitest.config.ts', 6, 'forced serial here', '    fileParallelism: false,', 5)],
    files: [],
  }),
];

const runner: ReportedRunner = {
  title: 'Vitest',
  testFiles: 13,
  configPath: 'vitest.config.ts',
  setupFiles: ['test/setup.ts'],
  globalSetup: ['test/global.ts'],
  commands: ['vitest run --coverage'],
  schedule: {
    runner: 'vitest',
    version: '4.1.12',
    dir: '',
    mode: 'Vitest 4.1, pool forks, isolated',
    files: { overlap: 'serial', by: 'config', reason: '`fileParallelism: false` in vitest.config.ts' },
    canParallel: true,
    parallelSwitch: '--file-parallelism',
    tests: 'sequential',
    unit: 'process',
    crossFile: ['file', 'port'],
    preloadsAll: false,
    rootHooks: 'file',
    restores: [],
    chdirThrows: false,
    workerIds: [{ name: 'VITEST_POOL_ID', form: 'env', unique: true, bounded: true, first: 1, serial: '1', unsetIn: ['config', 'global-setup'] }],
    why: FORKS,
    whyWithin: 'Tests of one file share a process',
    notes: ['`test.exclude` is computed at vitest.config.ts:9 and was not read'],
  },
};

const held = (path: string, heldBy: readonly string[]) => ({ path, runner: 'vitest', status: 'held', heldBy, gaps: [] }) as const;
const ready = (path: string) => ({ path, runner: 'vitest', status: 'ready', heldBy: [], gaps: [] }) as const;

export const report: Report = {
  tool: { name: 'isolation-audit', version: '1.2.3', homepage: 'https://github.com/example/isolation-audit#readme' },
  project: 'shop',
  runners: [runner],
  services: [
    { kind: 'postgresql', from: 'compose.yaml service `db`', image: 'postgres:16', at: place('compose.yaml', 3, 'started here') },
    { kind: 'redis', from: 'workflow ci.yml job test' },
  ],
  files: [
    held('test/api/health.test.ts', [PORT.key]),
    held('test/api/login.test.ts', [EXPORTS.key, PORT.key]),
    ready('test/cache.test.ts'),
    ready('test/dates.test.ts'),
    ...invoices.map((path) => held(path, path.includes('send') ? [DATABASE.key, EXPORTS.key] : [DATABASE.key])),
    { path: 'test/legacy/import.test.js', runner: 'vitest', status: 'not-known', heldBy: [], gaps: ['does not parse: `Unexpected token` at line 14'] },
    ...orders.map((path) => held(path, [DATABASE.key])),
    ready('test/tax.test.ts'),
  ],
  resources: [
    {
      ...EXPORTS,
      rules: ['shared-path'],
      axis: ['A'],
      confidence: 'likely',
      findings: [4],
      claimants: ['test/api/login.test.ts', 'test/invoices/send (retry).test.ts'],
      wipers: [],
      frees: [],
      holds: ['test/api/login.test.ts', 'test/invoices/send (retry).test.ts'],
    },
    {
      ...PORT,
      rules: ['fixed-port'],
      axis: ['A', 'W'],
      confidence: 'likely',
      findings: [3],
      claimants: ['test/api/health.test.ts', 'test/api/login.test.ts'],
      wipers: [],
      frees: ['test/api/health.test.ts'],
      holds: ['test/api/health.test.ts', 'test/api/login.test.ts'],
      decidedAt: place('src/config.ts', 2, 'named here', 'export const PORT = 4310;'),
    },
    {
      ...DATABASE,
      rules: ['hardcoded-database-name', 'unscoped-wipe'],
      axis: ['A', 'R', 'W'],
      confidence: 'certain',
      findings: [1, 2],
      claimants: database,
      wipers: ['test/orders/list.test.ts'],
      frees: database.filter((path) => !path.includes('send')),
      holds: database,
      decidedAt: place('test/helpers/db.ts', 6, 'named here', "  database: 'shop_test',", 3),
    },
    {
      key: 'env TZ',
      title: '`process.env.TZ`',
      rules: ['leaked-env'],
      axis: ['W'],
      confidence: 'certain',
      findings: [5],
      claimants: ['test/dates.test.ts'],
      wipers: [],
      frees: [],
      holds: [],
    },
  ],
  findings,
  gaps: [
    { what: 'A database name is computed by `tenantFor(region)` and could not be resolved', at: place('test/helpers/tenant.ts', 11, 'not resolved'), count: 3 },
    { what: '`test/legacy/import.test.js` does not parse and was not audited', at: place('test/legacy/import.test.js', 14, 'not parsed'), count: 1 },
    { what: 'The folder `vendor/locked` could not be read', count: 1 },
  ],
  rules,
  summary: {
    testFiles: 13,
    ready: 3,
    held: 9,
    notKnown: 1,
    firstResources: [DATABASE.key, PORT.key],
    readyAfterFirst: 10,
    byConfidence: { certain: 3, likely: 3, possible: 1 },
    baselined: 2,
    ignored: 1,
    untouched: 0,
  },
};

/** A suite where nothing is left to do. */
export const clean: Report = {
  ...report,
  runners: [],
  services: [],
  files: [ready('test/tax.test.ts'), ready('test/dates.test.ts')],
  resources: [],
  findings: [],
  gaps: [],
  summary: {
    testFiles: 2,
    ready: 2,
    held: 0,
    notKnown: 0,
    firstResources: [],
    readyAfterFirst: 2,
    byConfidence: { certain: 0, likely: 0, possible: 0 },
    baselined: 0,
    ignored: 0,
    untouched: 0,
  },
};

/** The same story told many times over: 300 resources, each held by many files. */
export function large(size = 300): Report {
  const many = Array.from({ length: size }, (_, at) => {
    const key = `network-port ${5000 + at}`;
    const files = Array.from({ length: 40 }, (__, file) => `packages/p${file % 30}/test/case-${at}-${file}.test.ts`);
    const each = finding(at + 1, {
      key,
      title: `Port ${5000 + at}`,
      rule: 'fixed-port',
      axis: ['A'],
      confidence: at % 3 === 0 ? 'certain' : 'likely',
      what: `Port ${5000 + at} can collide: 40 test files bind it.`,
      why: `${FORKS}, so the second bind fails with EADDRINUSE.`,
      fix: 'Bind port 0 and read the port back from the server.',
      places: [
        place(files[0]!, 3, 'bound here', `listen(${5000 + at})`),
        ...files.slice(1).map((path) => place(path, 3, 'and here, in another worker', `listen(${5000 + at})`)),
      ],
      files,
    });
    return { key, each, files };
  });
  const all = many.flatMap(({ files }) => files);
  return {
    ...report,
    files: all.map((path) => held(path, [])),
    findings: many.map(({ each }) => each),
    resources: many.map(({ key, each, files }) => ({
      key,
      title: each.resource.title,
      rules: ['fixed-port'],
      axis: ['A'],
      confidence: each.confidence,
      findings: [each.number],
      claimants: files,
      wipers: [],
      frees: files,
      holds: files,
    })),
    gaps: Array.from({ length: 500 }, (_, at) => ({ what: `Name ${at} could not be resolved`, count: 1 })),
    summary: {
      ...report.summary,
      testFiles: all.length,
      ready: 0,
      held: all.length,
      notKnown: 0,
      firstResources: [],
      readyAfterFirst: 0,
      byConfidence: { certain: size / 3, likely: (size / 3) * 2, possible: 0 },
    },
  };
}

const verdict: Verdict = {
  word: 'CONFIRMED',
  why: 'it fails every time',
  a: { file: 'a.test.ts', name: 'one' },
  b: { file: 'b.test.ts', name: 'two' },
  order: 'A, then B',
  contested: 'key cart',
  trials: [{ order: 'bad', passed: false, milliseconds: 1 }],
  missed: 1,
  trace: [{ role: 'A', what: 'flushdb', contested: true, at: 5 }],
  failure: 'expected 1',
  versions: ['Vitest 4.1.12'],
  replay: {
    kind: 'at-once',
    files: { A: 'a.test.ts', B: 'b.test.ts' },
    chosen: { A: ['one'], B: ['two'] },
    steps: [{ role: 'A', service: 'redis', operation: 'SET', touch: { kind: 'key', name: 'cart' }, nth: 0 }],
    bad: [0, 1],
    met: 1,
    fails: { file: 'b.test.ts', name: 'two' },
    says: 'expected 1',
  },
  again: 'npx isolation-audit verify',
  milliseconds: 2,
};
const leak: Verdict = { ...verdict, replay: { kind: 'in-one-worker', tests: [verdict.a!, verdict.b!], fails: verdict.b!, says: 'expected 1' } };
const { trials } = verdict;
const check: FixCheck = {
  rule: 'r',
  resource: 'q',
  path: 'a',
  line: 1,
  word: 'NOT-FIXED',
  why: 'it fails',
  before: verdict,
  trials,
  failure: 'expected 1',
};
const once = { milliseconds: 2, testMilliseconds: 1 };
const failing = [{ file: 'a', name: 'b', times: 1, failure: 'expected 1' }];
const suite: RepeatedSuite = {
  title: 'Jest',
  dir: '',
  why: 'no time',
  workers: 2,
  twoAtOnce: true,
  seed: 7,
  serial: once,
  parallel: [once],
  failing,
  failed: 1,
  bound: 1,
  versions: ['Jest 30'],
};
const uses = [{ file: 'a', name: 'b', does: 'clear' as const }];
const meeting: Meeting = { service: 'redis', database: '0', things: [{ name: 'key a', uses }], finding: 1, verdict };
const observed: ObservedSuite = { title: 'Jest', dir: '', why: 'no time', files: 1, commands: 1, meetings: [meeting], versions: ['Jest 30'] };
/** The report of a verification with every field that one can have. */
export const proved: Report = {
  ...report,
  findings: [{ ...report.findings[0]!, verdict, observed: true }, { ...report.findings[1]!, verdict: leak }, ...report.findings.slice(2)],
  verification: {
    milliseconds: 3,
    untried: [{ finding: 2, why: 'no time' }],
    resumed: 1,
    fixes: { against: 'main', checks: [check] },
    repeated: [suite],
    observed: [observed],
  },
};
