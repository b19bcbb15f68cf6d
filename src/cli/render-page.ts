import type { ChalkInstance } from 'chalk';

/** Breaks at blanks; continuation lines keep the indent of a list item. */
function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.join('\n');
}

/** Links to the web keep their address; links within the documentation lead nowhere from a terminal. */
const links = (text: string): string => text.replace(/\[([^\]]+)\]\((https?:[^)]+)\)/g, '$1 ($2)').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');

const inline = (text: string, paint: ChalkInstance): string =>
  text
    .replace(/\*\*([^*]+)\*\*/g, (_, body: string) => paint.bold(body))
    .replace(/`([^`]+)`/g, (whole, body: string) => (paint.level === 0 ? whole : paint.cyan(body)));

/** A row of a table as a line of its own; rules and empty heads are left out. */
function tableRow(line: string, width: number): string | undefined {
  const cells = line
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => links(cell.trim().replace(/\\\|/g, '|')));
  if (cells.every((cell) => /^:?-*:?$/.test(cell))) return undefined;
  const [first = '', second = ''] = cells;
  return cells.length === 2 ? wrap(`${first}: ${second}`, width, '  ') : cells.join(' | ');
}

/** A rule page for a terminal: headings stand out, code is indented, comments and table rules are left out. */
export function renderPage(markdown: string, paint: ChalkInstance, width: number): string {
  const out: string[] = [];
  let fence = '';
  let paragraph: string[] = [];
  const flush = (): void => {
    if (paragraph.length === 0) return;
    const text = links(paragraph.join(' '));
    const indent = /^(\s*(?:[-*]|\d+\.)\s+)/.exec(text)?.[1] ?? '';
    out.push(inline(wrap(text, width, ' '.repeat(indent.length)), paint));
    paragraph = [];
  };
  for (const line of markdown.replace(/<!--[\s\S]*?-->\n?/g, '').split(/\r?\n/)) {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1];
    if (fence !== '') {
      if (mark?.startsWith(fence)) fence = '';
      else out.push(paint.dim(`    ${line}`.trimEnd()));
      continue;
    }
    const heading = /^#{1,6}\s+(.*)$/.exec(line)?.[1];
    if (mark !== undefined || heading !== undefined || line.trim() === '' || /^\s*(\||[-*] |\d+\. |>)/.test(line)) flush();
    if (mark !== undefined) {
      fence = mark;
      const file = /\bfile=(\S+)/.exec(line)?.[1];
      if (file !== undefined) out.push(paint.dim(`    ${file}:`));
    } else if (heading !== undefined) out.push(paint.bold.underline(heading.replace(/`/g, '')));
    else if (line.trim() === '') out.push('');
    else if (/^\s*\|/.test(line)) {
      const row = tableRow(line, width);
      if (row !== undefined) out.push(inline(row, paint));
    } else paragraph.push(paragraph.length === 0 ? line.trimEnd() : line.trim());
  }
  flush();
  return `${out
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}
