/** The examples on a rule's page: fences with `file=<path>` below a heading `Collides` or `Isolated` are one project each. */
export interface Example {
  readonly kind: 'collides' | 'isolated';
  /** From 1: where its heading stands. */
  readonly line: number;
  readonly files: Readonly<Record<string, string>>;
}

export function examplesIn(page: string): readonly Example[] {
  const examples: { kind: Example['kind']; line: number; files: Record<string, string> }[] = [];
  let current: (typeof examples)[number] | undefined;
  let fence: { readonly path: string | undefined; readonly mark: string; readonly lines: string[] } | undefined;
  for (const [index, text] of page.split(/\r?\n/).entries()) {
    if (fence) {
      if (text.trim() !== fence.mark) fence.lines.push(text);
      else {
        if (current && fence.path !== undefined) current.files[fence.path] = `${fence.lines.join('\n')}\n`;
        fence = undefined;
      }
      continue;
    }
    const opened = /^(`{3,})(.*)$/.exec(text);
    const heading = /^#{2,4} (.*)$/.exec(text);
    if (opened) fence = { path: /\bfile=(\S+)/.exec(opened[2] ?? '')?.[1], mark: opened[1] ?? '', lines: [] };
    else if (heading) {
      const kind = /^(collides|isolated)\b/i.exec(heading[1] ?? '')?.[1]?.toLowerCase();
      current = kind === undefined ? undefined : { kind: kind as Example['kind'], line: index + 1, files: {} };
      if (current) examples.push(current);
    }
  }
  return examples;
}
