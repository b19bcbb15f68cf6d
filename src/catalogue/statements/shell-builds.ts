import type { Statement } from '../../model/catalogue.js';
import { flag, known, type Words } from './shell-words.js';

interface Tool {
  /** Words behind the tool's name that make it write; none where it always does. */
  readonly when?: readonly string[];
  /** Options that name the output. */
  readonly option?: readonly string[];
  /** What it writes by default, in the project that it is run on. */
  readonly writes: string;
  /** The word behind the command, if it is no option, is the project. */
  readonly project?: true;
  /** A word without which it writes nothing. */
  readonly needs?: string;
}

/**
 * Folders that command-line tools write unless they are told otherwise (`--help` and documentation of Vite 7, Next 16, Astro 5, Nuxt 4, webpack-cli 6,
 * Parcel 2, Angular 20, Vue CLI 5, Storybook 9, c8 10, nyc 17, Jest 30, Vitest 4). A configuration file of the tool may name another;
 * two runs in one folder share that one then.
 */
const TOOLS: Readonly<Record<string, Tool>> = {
  vite: { when: ['build'], option: ['--outDir'], writes: 'dist', project: true },
  next: { when: ['build'], writes: '.next', project: true },
  astro: { when: ['build'], option: ['--outDir'], writes: 'dist' },
  nuxt: { when: ['build', 'generate'], writes: '.output', project: true },
  nuxi: { when: ['build', 'generate'], writes: '.output', project: true },
  webpack: { option: ['-o', '--output-path'], writes: 'dist' },
  parcel: { when: ['build'], option: ['--dist-dir'], writes: 'dist' },
  ng: { when: ['build'], option: ['--output-path'], writes: 'dist' },
  'vue-cli-service': { when: ['build'], option: ['--dest'], writes: 'dist' },
  'react-scripts': { when: ['build'], writes: 'build' },
  gatsby: { when: ['build'], writes: 'public' },
  storybook: { when: ['build'], option: ['-o', '--output-dir'], writes: 'storybook-static' },
  c8: { option: ['-o', '--reports-dir', '--report-dir'], writes: 'coverage' },
  nyc: { option: ['--report-dir'], writes: 'coverage' },
  jest: { needs: '--coverage', option: ['--coverageDirectory'], writes: 'coverage' },
  vitest: { needs: '--coverage', option: ['--coverage.reportsDirectory'], writes: 'coverage' },
};

/** What a tool builds or reports into, in the folder in which it runs. */
export function build(name: string, words: Words): Statement[] {
  const tool = Object.hasOwn(TOOLS, name) ? TOOLS[name]! : undefined;
  if (!tool || words.some((word) => word === '--help' || word === '--version')) return [];
  if (tool.when && !tool.when.includes(words[1] ?? '')) return [];
  if (tool.needs !== undefined && !words.includes(tool.needs)) return [];
  const told = tool.option && flag(words, ...tool.option);
  const next = tool.project ? words[2] : undefined;
  const project = next === undefined || next.startsWith('-') ? [] : [next];
  return [{ op: 'write', kind: 'filesystem', names: 'path', ...known([...project, told ?? tool.writes].join('/')) }];
}
