import { expect } from 'vitest';
import type { Lab } from '../../src/verify/lab.js';
import type { Recording } from '../../src/verify/recording.js';
import type { Ended, roles } from './roles.js';

/** Runs a script of `console.log`s against a server by itself and again in a laboratory that is given that server: both must say the same. */
export async function sameThrough(
  { direct, alone }: Pick<ReturnType<typeof roles>, 'direct' | 'alone'>,
  lab: Lab,
  command: readonly [string, string],
): Promise<Ended & { readonly recording: Recording }> {
  const plain = await direct(command);
  expect(plain.code, plain.said.slice(-2000)).toBe(0);
  const led = await alone(lab, command);
  expect({ code: led.code, said: led.said }).toEqual({ code: plain.code, said: plain.said });
  expect(led.recording.unread).toEqual([]);
  return led;
}
