/** Roles leave word in a folder, and whoever waits looks at one word after the other: what comes between two looks must not be missed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Step } from '../../src/verify/recording.js';

/** Called when somebody has looked for a word that is not there. */
const between = vi.hoisted(() => ({ looks: (_path: string): void => undefined }));
vi.mock(import('node:fs'), async (original) => {
  const fs = await original();
  const existsSync = (path: Parameters<typeof fs.existsSync>[0]): boolean => {
    const is = fs.existsSync(path);
    if (!is) between.looks(String(path));
    return is;
  };
  return { ...fs, existsSync };
});
const { endRole, holdTo, outcomeOf } = await import('../../src/verify/preload/order.js');

const listens = (role: string): Step => ({ role, service: 'ports', operation: 'listen', touch: { kind: 'port', name: '4459' }, nth: 0 });
const use = { service: 'ports', operation: 'listen', touches: [{ kind: 'port', name: '4459', access: 'write' }], text: 'listen 4459' } as const;

test.each([
  ['did its step', true, { outcome: 'followed', reached: 2 }],
  ['did nothing', false, { outcome: 'not-reached', reached: 1, why: 'B ended before listen 4459 of B' }],
])('a role that %s and ended while another looked', (_, does, expected) => {
  const folder = mkdtempSync(join(tmpdir(), 'isolation-audit-order-'));
  const locks = mkdtempSync(join(tmpdir(), 'isolation-audit-locks-'));
  const order = { folder, steps: [listens('A'), listens('B')], patience: 5_000 };
  between.looks = (path) => {
    if (path !== join(folder, 'done-1')) return;
    if (does) writeFileSync(path, '');
    endRole(folder, 'B');
  };
  const held = holdTo(order, 'A', locks);
  held.leave(held.enter(use));
  between.looks = () => undefined;
  expect(outcomeOf(order)).toEqual(expected);
  for (const each of [folder, locks]) rmSync(each, { recursive: true });
});
