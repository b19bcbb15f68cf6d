import type { Resource, ResourceKind } from '../../model/claims.js';
import { alternatives, constantText, type Name } from '../../model/names.js';
import type { Place } from '../../model/place.js';
import type { Shared } from '../../model/plan.js';
import { UNNAMED_DATABASE, type POINTED } from '../../model/pointed.js';
import { refusal, type Refusal } from '../../model/remedy.js';
import { valuesAround } from '../../model/values.js';
import { decision } from './code.js';
import type { Variable } from './setup.js';

/** The variables that decide the name, or the server where no variable decides more. */
export function fromVariable(shared: Shared, resource: Resource, at: Place, kind: Variable['kind'], variables: Map<string, Variable>): Refusal | undefined {
  const { project } = shared;
  const unnamed = unnamedDatabase(shared, resource);
  if (unnamed) {
    if (!variables.has(unnamed.name)) variables.set(unnamed.name, unnamed);
    return undefined;
  }
  const facts = project.facts(at.path);
  const text = project.text(at.path);
  const around = facts ? valuesAround(facts, at.span) : [];
  const whole = facts && decision(facts, at.span);
  const written = whole && text !== undefined ? /process\.env(?:\.(\w+)|\[['"](\w+)['"]\])/.exec(text.slice(...whole.at)) : undefined;
  const name =
    written?.[1] ??
    written?.[2] ??
    variableIn(resource.name) ??
    (facts && !/\.config\.\w+$/.test(at.path) ? undefined : project.variableAt(at, wholeText(resource.name)));
  if (name === undefined) {
    const such = SUCH_AS[resource.kind];
    const recipe = such === undefined ? '' : `: let it read one that the set-up knows, such as \`${such}\`, and repair again`;
    return refusal(`\`${at.path}\` names it for the product too, and no variable decides it${recipe}`);
  }
  const choice = around.find((each) => each.kind === 'choice');
  const fallback = choice?.kind === 'choice' ? choice.of[1] : undefined;
  const known = variables.get(name);
  variables.set(name, {
    name,
    kind,
    ...(fallback?.kind === 'const' && (typeof fallback.value === 'string' || typeof fallback.value === 'number') ? { fallback: String(fallback.value) } : {}),
    ...known,
  });
  return undefined;
}

/** A variable for each kind of server by which the set-up gives a worker its own. */
const SUCH_AS: Partial<Record<ResourceKind, (typeof POINTED)['names' | 'paths'][number]>> = {
  postgresql: 'POSTGRES_DB',
  mysql: 'MYSQL_DATABASE',
  mongodb: 'MONGO_DB',
  redis: 'REDIS_DB',
  sqlite: 'SQLITE_PATH',
};

/**
 * A client that names no database connects to the one of a variable. Where code of the suite reads that variable too, what it falls back to is meant for all.
 */
export function unnamedDatabase({ audited }: Shared, { kind, name }: Resource): Variable | undefined {
  if (kind !== 'postgresql' || constantText(name) !== UNNAMED_DATABASE.name) return undefined;
  const others = audited.stories.flatMap(({ claims }) => claims.filter((claim) => claim.resource.kind === kind).map((claim) => claim.resource.name));
  const read = others.find((each) => variableIn(each) === UNNAMED_DATABASE.variable);
  const meant =
    read &&
    alternatives(read)
      .map(constantText)
      .find((each) => each !== undefined);
  return { name: UNNAMED_DATABASE.variable, kind: 'database', ...(meant === undefined ? { code: UNNAMED_DATABASE.users } : { fallback: meant }) };
}

function variableIn(name: Name): string | undefined {
  for (const each of alternatives(name)) {
    if (each.kind !== 'parts') continue;
    for (const part of each.parts) {
      const variable = typeof part === 'string' ? undefined : /^env:(\w+)/.exec(part.source)?.[1];
      if (variable !== undefined) return variable;
    }
  }
  return undefined;
}

/** A part of the name that is known. */
function wholeText(name: Name): string {
  const [first] = alternatives(name);
  const known = first?.kind === 'parts' ? first.parts.find((part) => typeof part === 'string') : undefined;
  return typeof known === 'string' ? known.replace(/^<(?:root|cwd|tmp)>\//, '') : '';
}
