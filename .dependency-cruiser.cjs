// Which folder may import which. docs/architecture.md draws the same arrows; every comment says where the code belongs instead.
const SIBLINGS = ['frontends', 'resolve', 'catalogue', 'runners', 'detectors', 'remedies', 'strategies', 'reporters'];
const CORE = `^src/(model|${SIBLINGS.join('|')})/|^src/core\\.ts$`;
const FACES = '^(src/(cli|verify|worker|setup)/|rules/|codemods/)';

/** Packages with one home each. */
const HOMES = [
  ['oxc-parser', '^src/frontends/typescript/', 'Parsing is the front end: ask it for facts.'],
  ['@typescript-eslint/typescript-estree', '^src/frontends/typescript/', 'The second parser is the front end’s fallback: ask the front end for facts.'],
  ['oxc-resolver', '^src/project/', 'Module resolution reads the disk: src/project passes a resolving function in.'],
  ['ts-morph', '^src/project/type-oracle', 'Types are a lazy oracle in src/project, asked only with --types.'],
  [
    'typescript',
    '^src/project/load-module\\.ts$',
    'Only our own configuration file in TypeScript needs it, and only then is it loaded: the front end parses with oxc-parser.',
  ],
  ['eslint', '^rules/', 'ESLint is the host of rules/, and nothing else may need it.'],
  ['commander', '^src/cli/', 'Arguments are read in src/cli.'],
  ['diff', '^src/cli/', 'A change is shown line by line in src/cli.'],
  ['chalk', '^src/(cli/|reporters/terminal)', 'Colours belong to the terminal: src/cli and its reporter.'],
  ['ignore', '^src/project/', 'Ignore files are the disk’s business: src/project.'],
  ['dotenv', '^src/project/', 'Files of the project are read in src/project.'],
  ['json5', '^src/project/', 'Files of the project are read in src/project.'],
  ['yaml', '^src/project/', 'Files of the project are read in src/project.'],
  ['picomatch', '^src/project/', 'Globs are matched against the disk in src/project.'],
];
const escape = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** What `from` sees of our own files: those at `allowed`. */
const seesOnly = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(src|rules|codemods|test|scripts|fixtures)/', pathNot: allowed },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Two files that need each other are one noun: put it in src/model, or in the file that owns it. Walkers over a recursive syntax (front ends, resolve) may recurse across files of their folder.',
      severity: 'error',
      from: { pathNot: '^src/(frontends|resolve)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'model-imports-nothing',
      comment: 'The model is plain types that everyone shares. What needs more belongs in the folder that does the work.',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { pathNot: '^src/model/' },
    },
    ...SIBLINGS.map((folder) =>
      seesOnly(
        `${folder}-see-model-only`,
        `^src/${folder}/`,
        `^src/(model|${folder})/`,
        `Siblings do not import siblings: src/${folder} sees src/model and itself. If two need the same thing, it is a missing noun for src/model; if two must meet, src/core.ts passes one to the other.`,
      ),
    ),
    {
      name: 'entries-are-data',
      comment: 'An entry of the catalogue knows no other entry and nothing of the applier. What several entries say alike is a family: src/catalogue/families.',
      severity: 'error',
      from: { path: '^src/catalogue/(node|families)/' },
      to: { path: '^src/catalogue/', pathNot: '^src/catalogue/(families/|(call-lists|default-port)\\.ts$)' },
    },
    seesOnly(
      'core-meets-siblings-only',
      '^src/core\\.ts$',
      `^src/(model|${SIBLINGS.filter((folder) => folder !== 'reporters').join('|')})/`,
      'src/core.ts is pure and knows no disk and no face: src/project calls it with functions, faces call src/project. Reporters are for src/cli.',
    ),
    seesOnly(
      'project-sees-core',
      '^src/project/',
      '^src/(model/|core\\.ts$|project/)',
      'src/project is the disk around src/core.ts. What it needs of a core folder comes through src/core.ts; what a face does stays in the face.',
    ),
    seesOnly(
      'faces-see-core-and-project',
      '^src/(cli|verify)/',
      '^src/(model/|core\\.ts$|index\\.ts$|processes\\.ts$|project/|cli/|reporters/|verify/)',
      'Faces go through src/core.ts and src/project. Only src/cli uses reporters and starts verify.',
    ),
    seesOnly(
      'rules-see-core-and-project',
      '^rules/',
      '^(src/(model/|core\\.ts$|project/)|rules/)',
      'The ESLint plugin maps findings: what it needs to know of code belongs in a detector, of the disk in src/project.',
    ),
    {
      name: 'only-cli-reports',
      comment: 'A report becomes text in src/cli. Elsewhere, hand the Report on.',
      severity: 'error',
      from: { pathNot: '^src/(cli|reporters)/' },
      to: { path: '^src/reporters/' },
    },
    {
      name: 'nothing-imports-a-face',
      comment: 'What a face and others both need belongs in src/core.ts or src/project. The one exception: src/cli starts src/verify.',
      severity: 'error',
      from: { path: '^(src|rules|codemods)/', pathNot: FACES },
      to: { path: FACES },
    },
    {
      name: 'faces-import-no-face',
      comment:
        'A face that needs another face’s code has found something for src/core.ts or src/project. The exceptions: src/cli starts src/verify, and src/setup is src/worker with one runner.',
      severity: 'error',
      from: { path: '^(?:src/)?(cli|verify|worker|setup|rules|codemods)/' },
      to: { path: FACES, pathNot: ['^(?:src/)?$1/', '^src/verify/index\\.ts$', '^src/worker/'] },
    },
    {
      name: 'only-setup-sees-worker',
      comment: 'src/worker runs inside the tests of others and is published for them: nothing of ours but src/setup needs it.',
      severity: 'error',
      from: { pathNot: '^src/(worker|setup)/|^test/' },
      to: { path: '^src/(worker|setup)/' },
    },
    {
      name: 'worker-stands-alone',
      comment:
        'What runs inside the tests of others loads nothing but Node and itself, and two files that the rest needs too: who lives on this machine, and the names of variables. src/setup adds src/worker. Clients of servers are resolved from the audited project by name, at run time.',
      severity: 'error',
      from: { path: '^src/(worker|setup)/' },
      to: { dependencyTypesNot: ['core'], pathNot: '^src/(worker/|processes\\.ts$|model/pointed\\.ts$)' },
    },
    seesOnly(
      'index-is-a-door',
      '^src/index\\.ts$',
      '^src/(model/|core\\.ts$|project/)',
      'src/index.ts re-exports from src/core.ts and src/project; code lives there.',
    ),
    {
      name: 'core-touches-no-world',
      comment: 'Core is pure: the world is a parameter. Reading, running and asking the machine belong in src/project or a face, which pass functions in.',
      severity: 'error',
      from: { path: CORE },
      to: { dependencyTypes: ['core'] },
    },
    ...HOMES.map(([name, home, where]) => ({
      name: `${name.replace(/[@/]/g, '-').replace(/^-/, '')}-has-one-home`,
      comment: `${where} (${name} is imported under ${home} only.)`,
      severity: 'error',
      from: { path: '^(src|rules|codemods)/', pathNot: home },
      to: { path: `node_modules/${escape(name)}/|^${escape(name)}$` },
    })),
    {
      name: 'no-development-packages',
      comment: 'Published code uses published dependencies. Move the package to `dependencies`, or the code to test/ or scripts/.',
      severity: 'error',
      from: { path: '^(src|rules|codemods)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm', 'npm-peer', 'type-only'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'This import leads nowhere: wrong path, or a package that is not in package.json.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
