import { resolve } from 'node:path';
import { factsOf, parseWithOxc, remedies } from '../../src/core.js';
import { placeIn } from '../../src/model/finding.js';
import { edited } from '../../src/model/remedy.js';
import { lookUpwards, rootOf } from '../../src/project/look-upwards.js';
import { auditOneFile } from '../../src/project/one-file.js';
import type { Transform } from './transform.js';

/** More repairs of one file than any has. */
const MOST = 100;

/**
 * A transform that repairs what the rules of a remedy find in each file by itself, tried out before it is kept. Files that no runner of their project loads,
 * and what only other files could tell, stay as they are; what is found and not repaired is reported with its reason.
 */
export function toTransform(id: string): Transform {
  const remedy = remedies.find((each) => each.id === id)!;
  return ({ path, source }, api) => {
    const file = resolve(path);
    const root = rootOf(file, process.cwd());
    const found = root === undefined ? undefined : lookUpwards(file, root);
    if (!found) return source;
    const mark = source.startsWith('\uFEFF') ? '\uFEFF' : '';
    let text = source.slice(mark.length);
    const refused = new Set<string>();
    for (let count = 0; count < MOST; count++) {
      const { suite, home } = found;
      const audit = auditOneFile({ path: found.path, text, facts: factsOf(found.path, text, parseWithOxc), suite, texts: home.texts });
      const next = audit.findings.find((each) => remedy.rules.includes(each.rule) && placeIn(each, found.path) && !refused.has(each.resource.key));
      if (!next) break;
      const repair = audit.repair(next);
      if (repair.kind === 'edits') text = edited(text, repair.edits);
      else {
        refused.add(next.resource.key);
        api.report(`${path}:${audit.lineOf(next.places[0])} ${next.rule}: no repair: ${repair.why}`);
      }
    }
    return mark + text;
  };
}
