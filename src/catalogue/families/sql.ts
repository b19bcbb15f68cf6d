import type { CallSpec } from '../../model/catalogue.js';

/** Calls that take SQL as the first argument, or in a member of it: `query('SELECT 1')` and `query({ text: 'SELECT 1' })` with `inObject` `arg0.text`. */
export const runsSql = (call: string, inObject: string): readonly CallSpec[] => [
  { call, when: [inObject], op: 'write', statement: { language: 'sql', in: inObject } },
  { call, otherwise: true, op: 'write', statement: { language: 'sql', in: 'arg0' } },
];
