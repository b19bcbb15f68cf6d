const CODE_EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** Where the source of a built file may lie: `dist/a.js` comes from `src/a.ts`, `lib/a.js` from `lib/a.ts`. */
export function builtFrom(path: string): string[] {
  const [, stem = path] = /^(.*?)(?:\.d)?\.[cm]?[jt]sx?$/.exec(path) ?? [];
  const stems = [stem];
  const folder = /^(.*?\/)?(?:dist|lib|build|out|output|esm|cjs|es)(?:\/(?:esm|cjs|es|src|types|node|module|commonjs))?\/(.*)$/.exec(stem);
  if (folder) stems.push(...['src/', 'lib/', 'source/', ''].map((source) => `${folder[1] ?? ''}${source}${folder[2] ?? ''}`));
  return [...new Set(stems)].flatMap((each) => CODE_EXTENSIONS.flatMap((extension) => [each + extension, `${each}/index${extension}`]));
}
