import type { ResourceEntry } from './repair-order.js';
import { count, cut, visible } from './digest.js';

/** A graph that still fits a page. */
const MOST_RESOURCES = 8;
const MOST_FILES = 16;

/** Mermaid reads `#35;` as a character; quotes, brackets and backticks would end or style the label. */
const label = (text: string): string => `"${text.replace(/[#"<>&`{}[\]|\\;]/g, (char) => (char === '`' ? '' : `#${char.charCodeAt(0)};`))}"`;

const MOST_LETTERS = 60;
const titleLabel = (title: string): string => label(cut(visible(title), MOST_LETTERS));
/** The end of a path says more than its beginning. */
function pathLabel(path: string, note: string): string {
  const text = visible(path);
  const room = MOST_LETTERS - note.length;
  return label((text.length <= room ? text : `…${text.slice(text.length - room + 1)}`) + note);
}

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : './');

/** Resources and the test files they hold back; by folder where the files are many. One resource is a star that shows nothing, so none is drawn. */
export function mermaid(entries: readonly ResourceEntry[]): string | undefined {
  const drawn = entries.filter((entry) => entry.resource.holds.length > 0).slice(0, MOST_RESOURCES);
  const files = new Set(drawn.flatMap((entry) => entry.resource.holds));
  if (drawn.length < 2) return undefined;
  const byFolder = files.size > MOST_FILES;
  const sizes = new Map<string, number>();
  for (const file of files) {
    const node = byFolder ? folderOf(file) : file;
    sizes.set(node, (sizes.get(node) ?? 0) + 1);
  }
  const bySize = [...sizes.keys()].sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0) || (a < b ? -1 : 1));
  const shown = new Set(bySize.slice(0, MOST_FILES));
  const ids = new Map<string, string>();
  const nodes: string[] = [];
  for (const node of [...shown].sort((a, b) => (a < b ? -1 : 1))) {
    ids.set(node, `f${ids.size + 1}`);
    nodes.push(`  ${ids.get(node)}[${pathLabel(node, byFolder ? ` (${count(sizes.get(node) ?? 0, 'file')})` : '')}]`);
  }
  const hidden = [...files].filter((file) => !shown.has(byFolder ? folderOf(file) : file)).length;
  if (hidden > 0) nodes.push(`  rest[${label(count(hidden, 'more file'))}]`);
  const edges: string[] = [];
  drawn.forEach((entry, at) => {
    nodes.push(`  r${at + 1}([${titleLabel(entry.resource.title)}])`);
    const wipers = new Set(entry.resource.wipers.map((file) => ids.get(byFolder ? folderOf(file) : file) ?? 'rest'));
    const targets = [...new Set(entry.resource.holds.map((file) => ids.get(byFolder ? folderOf(file) : file) ?? 'rest'))];
    for (const target of targets) edges.push(`  ${target} ${wipers.has(target) ? '-->|wipes|' : '-->'} r${at + 1}`);
  });
  return ['```mermaid', 'flowchart LR', ...nodes, ...edges, '```'].join('\n');
}
