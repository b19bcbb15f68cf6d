import { analyze, factsOf, parseWithOxc, runners } from '../../src/core.js';
import { nameText } from '../../src/model/names.js';
import type { Claim, Obligation, StateChange } from '../../src/model/claims.js';

/** What one test file is told to do, a line for each claim, change and debt. */
export function told(code: string, extra: Readonly<Record<string, string>> = {}): string[] {
  const file = 'test/orders.test.ts';
  const texts: Readonly<Record<string, string>> = { ...extra, [file]: code };
  const runner = runners.find((each) => each.id === 'vitest')!;
  const use = { runner: 'vitest', version: '4.1.12', dir: '', options: {}, computed: [], commands: [] };
  const { audited } = analyze({
    suites: [{ runner, use, layout: runner.layout(use), testFiles: [file], setupFiles: [], globalSetup: [] }],
    sourcesOf: () => ({
      facts: (path) => (texts[path] === undefined ? undefined : factsOf(path, texts[path], parseWithOxc)),
      resolveImport: (_from, specifier) =>
        specifier.startsWith('.')
          ? { missing: true }
          : {
              package: specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : specifier.split('/')[0]!,
              ...(specifier.split('/').length > (specifier.startsWith('@') ? 2 : 1)
                ? {
                    subpath: specifier
                      .split('/')
                      .slice(specifier.startsWith('@') ? 2 : 1)
                      .join('/'),
                  }
                : {}),
            },
      data: () => undefined,
      environment: () => [],
    }),
    surroundings: { containers: [], sharedHosts: false, workerVariables: new Set(), served: [], complete: true },
    rules: [],
  });
  const story = audited[0]!.audited.stories[0]!;
  return [...story.claims.map(claimLine), ...story.changes.map(changeLine), ...story.obligations.map(debtLine)];
}

function claimLine(claim: Claim): string {
  const { kind, server, name, namespace, unit } = claim.resource;
  const where = [nameText(server), nameText(name), ...(namespace ? [`[${nameText(namespace)}]`] : [])].filter((each) => each !== '').join('/');
  return `${claim.op}${claim.wipes ? ` ${claim.wipes}` : ''} ${kind} ${where}${unit ? ` ${nameText(unit)}` : ''}`;
}
const changeLine = (change: StateChange): string => `${change.undone ? 'undone' : 'leaves'} ${change.state} ${change.cell}`;
const debtLine = (debt: Obligation): string => `${debt.released ? 'paid' : 'owes'} ${debt.owes}`;
