/**
 * Owns what statements in SQL, Cypher, Redis and shell text do.
 * Must not know which client runs them, nor what the names in them resolve to.
 */
import type { CallSpec, Statement } from '../../model/catalogue.js';
import { classifyCypher } from './cypher.js';
import { classifyRedis } from './redis.js';
import { classifyShell } from './shell.js';
import { classifySql } from './sql.js';

export { partsBehind } from './text.js';

type Language = NonNullable<CallSpec['statement']>['language'];

/** `null` among the parts is text that nobody knows: `['TRUNCATE ', null]`. */
export function classify(language: Language, parts: readonly (string | null)[]): Statement[] {
  switch (language) {
    case 'sql':
      return classifySql(parts);
    case 'cypher':
      return classifyCypher(parts);
    case 'redis':
      return classifyRedis(parts);
    case 'shell':
      return classifyShell(parts);
  }
}
