import { readConfig } from '../core.js';
import type { Json } from '../model/runner.js';
import type { Project } from './project.js';
import { isObject } from './json-file.js';
import { dirOf } from './packages.js';
import type { ReadConfig } from './read-config.js';
import { sourcesFrom, type SourceTexts } from './source-texts.js';

/** Configurations as core reads them, with the project's own folder in place of what stands for it. */
export function configReader(project: Pick<Project, 'walk' | 'resolve'>, texts: SourceTexts): ReadConfig {
  const sources = sourcesFrom(texts, project.resolve, () => [], []);
  return (path) => {
    const read = readConfig(path, sources);
    const here = project.walk.absolute(dirOf(path));
    const convert = (value: Json): Json => {
      if (typeof value === 'string') return value.replaceAll('<root>', project.walk.root).replaceAll('<cwd>', here);
      if (Array.isArray(value)) return (value as readonly Json[]).map(convert);
      return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, convert(each)])) : value;
    };
    return { ...read, options: convert(read.options) as ReturnType<ReadConfig>['options'] };
  };
}
