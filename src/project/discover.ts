import type { Runner } from '../model/runner.js';
import type { ReadConfig } from './read-config.js';
import { findRunnerUses, type FoundUse } from './runner-uses.js';
import { findLeftOver } from './left-over.js';
import { findPlainScripts } from './plain-scripts.js';
import type { Project } from './project.js';
import { findTestFiles, type SuiteUse } from './test-files.js';
import type { ProjectGap } from './walk.js';

export interface Discovery {
  readonly suites: readonly SuiteUse[];
  readonly gaps: readonly ProjectGap[];
}

/** The suites of a project: which runner loads which files, as its configuration and commands say. */
export function discover(project: Project, runners: readonly Runner[], readConfig: ReadConfig): Discovery {
  const found = findRunnerUses(project.walk, project.packages, project.ci, runners, readConfig);
  const suites = findTestFiles(found, runners, project.walk, project.packages, project.readText, project.resolve);
  const imported = [...suites, ...findLeftOver(project, runners, found, suites)];
  return {
    suites: [...imported, ...findPlainScripts(project, runners, imported)],
    gaps: [...project.walk.gaps, ...project.packages.gaps, ...project.ci.gaps, ...emptyUses(found, imported)],
  };
}

/** A runner that is started or configured and yet finds nothing is a sign that its configuration was not understood. */
function emptyUses(found: readonly FoundUse[], suites: readonly SuiteUse[]): ProjectGap[] {
  const said = new Set<string>();
  return found.flatMap(({ use, runner, by }) => {
    // A configuration without the package is left over from another time; a project in a list may have no tests.
    if (
      by === 'dependency' ||
      (by === 'config' && (use.version === undefined || use.configPath === undefined)) ||
      suites.some((suite) => suite.runner === runner && (suite.use.dir === use.dir || suite.use.dir.startsWith(use.dir === '' ? '' : `${use.dir}/`)))
    )
      return [];
    if (
      use.commands.length > 0 &&
      use.commands.every((command) => command.words.includes('--passWithNoTests') || command.words.includes('--pass-with-no-tests'))
    )
      return [];
    const path = use.configPath ?? use.commands[0]?.at?.path ?? use.dir;
    if (said.has(`${path}\0${runner.id}`)) return [];
    said.add(`${path}\0${runner.id}`);
    return [{ path, why: `${runner.title} is used here, yet no file fits its patterns` }];
  });
}
