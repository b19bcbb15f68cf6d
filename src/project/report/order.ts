import type { Confidence, Finding } from '../../model/finding.js';

export const RANK: Readonly<Record<Confidence, number>> = { certain: 0, likely: 1, possible: 2 };

/** By code unit: the same on every machine, whatever its language. */
export function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Certain before likely before possible, then what holds back more files, then by rule and place. */
export function byWeight(a: Finding, b: Finding): number {
  const [x] = a.places;
  const [y] = b.places;
  return (
    RANK[a.confidence] - RANK[b.confidence] ||
    b.files.length - a.files.length ||
    order(a.rule, b.rule) ||
    order(x.path, y.path) ||
    x.span[0] - y.span[0] ||
    x.span[1] - y.span[1] ||
    order(a.resource.key, b.resource.key)
  );
}

export const sorted = (items: Iterable<string>): string[] => [...new Set(items)].sort(order);

/** Whether a finding keeps its files from running beside others. */
export function holdsBack(finding: Pick<Finding, 'axis' | 'confidence'>): boolean {
  return finding.confidence !== 'possible' && finding.axis.includes('A');
}
