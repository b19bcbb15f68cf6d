import type { Step, Value } from '../model/facts.js';
import type { FileIndex } from './file-index.js';

/** What a file does when another one imports it: not what stands behind `if (process.argv[2] === 'run')` or `if (require.main === module)`. */
export function whenImported(index: FileIndex): readonly Step[] {
  const { body } = index.facts.functions[0]!;
  return body.some((step) => step.do === 'branch' && asksForProgram(index, step.test, 0))
    ? body.filter((step) => step.do !== 'branch' || !asksForProgram(index, step.test, 0))
    : body;
}

/** Whether a value tells which program is running. */
function asksForProgram(index: FileIndex, value: Value, depth: number): boolean {
  if (depth > 6) return false;
  const inner = (each: Value): boolean => asksForProgram(index, each, depth + 1);
  switch (value.kind) {
    case 'member':
      return (
        (value.of.kind === 'outer' &&
          ((value.of.name === 'process' && value.key === 'argv') ||
            ((value.of.name === 'require' || value.of.name === 'import.meta') && value.key === 'main'))) ||
        inner(value.of)
      );
    case 'op':
      return value.args.some(inner);
    case 'text':
      return value.parts.some(inner);
    case 'ref':
      return index.facts.bindings[value.binding]?.form === 'const' && (index.writes.get(value.binding) ?? []).some((write) => inner(write.value));
    case 'result':
      return index.facts.calls[value.call]?.args.some((each) => inner(each.value)) ?? false;
    default:
      return false;
  }
}
