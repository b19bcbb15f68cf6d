/** What a run has made on servers: noted before it is made, so that a run killed in between is cleaned up as well. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from '../place.js';
import type { Claim } from './requests.js';

export const claimFolder = (place: string): string => join(place, 'claims');

export function claimsOf(place: string): readonly Claim[] {
  const folder = claimFolder(place);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(textOf(join(folder, name)) ?? '{}') as Claim);
}
