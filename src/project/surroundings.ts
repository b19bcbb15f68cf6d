import type { Runner } from '../model/runner.js';
import type { Surroundings } from '../model/detector.js';
import type { Project } from './project.js';
import type { Environment } from './environment.js';
import { isCiFile } from './workflows.js';

const SELF_HOSTED = /^[ \t]*runs-on:(?:[^\n]*|[ \t]*\r?\n(?:[ \t]+(?:-[^\n]*|(?:group|labels):[^\n]*)\r?\n)*[ \t]+[^\n]*)\bself-hosted\b/m;
const WORKTREES = /\bgit\s+worktree\s+add\b/;
const SCRIPT_FILE = /(?:^|\/)(?:(?:scripts?|bin|tools|\.devcontainer)\/[^/]+|Makefile|justfile)$|\.(?:sh|bash)$/;
const NOTES = {
  'container-name': 'the name is fixed here',
  'host-port': 'the port of the host is fixed here',
  'project-name': 'the project is named here',
} as const;

/** What detectors may ask of the project besides its code. */
export function surroundingsOf(project: Project, environment: Environment, runners: readonly Runner[], served: Surroundings['served']): Surroundings {
  return {
    containers: environment.containers.map(({ what, value, service, at }) => ({
      what,
      value,
      place: { ...at, note: NOTES[what] },
      ...(service === undefined ? {} : { service }),
    })),
    sharedHosts: sharesHosts(project),
    workerVariables: workerVariables(runners),
    served,
    complete: true,
  };
}

function sharesHosts({ walk, ci, packages, readText }: Project): boolean {
  return (
    ci.scripts.some((script) => WORKTREES.test(script.text)) ||
    packages.all.some((each) => each.member && WORKTREES.test(each.text)) ||
    walk.files.some((path) => (isCiFile(path) ? SELF_HOSTED.test(readText(path) ?? '') : SCRIPT_FILE.test(path) && WORKTREES.test(readText(path) ?? '')))
  );
}

/** The variables of all runners: a name with Jest's variable under Vitest is what one rule looks for. */
export function workerVariables(runners: readonly Runner[]): ReadonlySet<string> {
  return new Set(
    runners.flatMap((runner) =>
      runner.schedule({ runner: runner.id, dir: '', options: {}, computed: [], commands: [] }).workerIds.flatMap((id) => (id.form === 'env' ? [id.name] : [])),
    ),
  );
}
