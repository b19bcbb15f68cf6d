import { readFileSync } from 'node:fs';

/** What our package.json says, two folders up both in the source and in the built package. */
export function ownPackage(): { readonly version: string; readonly homepage: string } {
  const { version, homepage } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
    readonly homepage: string;
  };
  return { version, homepage };
}
