/**
 * The ESLint plugin: `import isolationAudit from 'isolation-audit/eslint-plugin'`.
 * Owns its configurations; must not know how anything is found.
 */
import type { ESLint, Linter } from 'eslint';
import { runners } from '../src/core.js';
import { ownPackage } from '../src/project/own-package.js';
import type { RuleOptions } from './adapter/to-rule.js';
import { rules } from './index.js';

const NAMESPACE = 'isolation-audit';

type ConfigName = 'recommended' | 'strict' | 'ava' | 'jasmine' | 'japa' | 'jest' | 'lab' | 'mocha' | 'node-test' | 'playwright' | 'tap' | 'vitest';

export interface IsolationAudit extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: typeof rules;
  /**
   * `recommended` has certain and likely findings, `strict` possible ones too. They name no files: a rule knows by itself which files
   * are tests. By the name of a runner: `recommended` for the files that the runner loads where nothing is configured.
   */
  readonly configs: Readonly<Record<ConfigName, Linter.Config[]>>;
}

const configs: Partial<Record<ConfigName, Linter.Config[]>> = {};

const plugin = { meta: { name: 'isolation-audit', version: ownPackage().version, namespace: NAMESPACE }, rules, configs } as IsolationAudit;

function config(name: ConfigName, options?: RuleOptions, where?: Pick<Linter.Config, 'files' | 'ignores'>): Linter.Config[] {
  return [
    {
      name: `${NAMESPACE}/${name}`,
      plugins: { [NAMESPACE]: plugin },
      rules: Object.fromEntries(Object.keys(rules).map((id) => [`${NAMESPACE}/${id}`, options ? ['error', options] : 'error'])),
      ...where,
    },
  ];
}

/** Patterns of a folder that tests are run in, for any such folder. */
const anywhere = (globs: readonly string[]): string[] => globs.map((glob) => (glob.startsWith('**/') ? glob : `**/${glob.replace(/^(?:\.\/)+/, '')}`));

configs.recommended = config('recommended');
configs.strict = config('strict', { confidence: 'possible' });
for (const runner of runners) {
  const { id } = runner;
  const { include, exclude } = runner.layout({ runner: id, dir: '', options: {}, computed: [], commands: [] });
  configs[id as ConfigName] = config(id as ConfigName, undefined, { files: anywhere(include), ignores: anywhere(exclude) });
}

export { plugin as default, plugin as 'module.exports' };
