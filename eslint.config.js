import tseslint from 'typescript-eslint';

const CORE = ['model', 'frontends', 'resolve', 'catalogue', 'runners', 'detectors', 'remedies', 'strategies', 'reporters']
  .map((folder) => `src/${folder}/**`)
  .concat('src/core.ts');
const WORLD = ['process', 'console', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'Buffer', 'fetch', '__dirname', '__filename'];
const FOCUSED = 'CallExpression > MemberExpression.callee[property.name=/^(skip|only|todo|skipIf|runIf|fails)$/][object.name=/^(it|test|describe|suite)$/]';

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'fixtures/', 'docs/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      // Indexes that were checked a line before: `noUncheckedIndexedAccess` makes these assertions visible, and that is enough.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // `a || b` where '' means "absent" is what we mean as often as `a ?? b`.
      '@typescript-eslint/prefer-nullish-coalescing': 'off',
      '@typescript-eslint/dot-notation': 'off',
      // `'receiver' | Source`: the literal documents a value that is special among the texts.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      // Scans read untrusted text: a check that types call needless may guard against a file that lies.
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    files: ['src/**/*.ts', 'rules/**/*.ts'],
    // Generated lists grow with what they list.
    ignores: ['src/*/index.ts'],
    rules: { 'max-lines': ['error', { max: 600, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: CORE,
    rules: {
      'no-restricted-globals': ['error', ...WORLD.map((name) => ({ name, message: 'Core is pure: let src/project or the face pass it in.' }))],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Core has no clock: same input, same bytes.' },
        { object: 'Math', property: 'random', message: 'Core has no randomness: same input, same bytes.' },
      ],
      'no-restricted-syntax': ['error', { selector: "NewExpression[callee.name='Date']", message: 'Core has no clock: same input, same bytes.' }],
    },
  },
  {
    files: ['src/cli/**', 'src/verify/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: FOCUSED, message: 'Every test runs, always. A test that cannot run here belongs in a project of its own (vitest.config.ts).' },
        { selector: "Property[key.name='retry']", message: 'No retries: a test that passes the second time has found something.' },
      ],
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
);
