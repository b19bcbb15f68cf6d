import { describe, expect, test } from 'vitest';
import { places, type Case } from './audit.js';

/** Objects that a test file declares and its tests fill: a later test counts on the earlier one, or begins with an empty object. */
const cases: readonly Case[] = [
  ...(
    [
      ['reads the property', `send(order.id);`, ['a.test.js:4']],
      ['gives it first', `order.id = 1; send(order.id);`, []],
      ['reads one that a hook gives', `send(order.shop);`, []],
      ['reads another property', `send(order.price);`, []],
      ['reads the one that it has only taken away', `send(order.price);`, []],
      ['reads the one that it has written and taken away', `send(order.tax);`, ['a.test.js:4']],
    ] as const
  ).map(([what, does, finds]) => ({
    what: `an object of the test file that a test fills, where a later one ${what}`,
    rule: 'order-dependent-test',
    given: { runner: 'mocha' },
    files: {
      'a.test.js': `const order = {}; before(() => { order.shop = 1; });
it('a', () => { order.id = make(); order.tax = 1; });
it('empties', () => { delete order.price; delete order.tax; });
it('b', () => { ${does} });`,
    },
    finds,
  })),
  ...(
    [
      ['emptied to begin anew', `const order = {};`, `for (const key in order) delete order[key];`, []],
      ['that the test fills', `const order = {};\norder.shop = 1;`, `order.id = 2;`, []],
      ['that says what it begins with', `const order = { id: 1 };\norder.shop = 1;`, `order.id = 2;`, ['a.test.js:4']],
      ['that the head of the file has filled', `const order = {};\norder.id = 1;`, `order.id = 2;`, ['a.test.js:4']],
    ] as const
  ).map(([what, made, does, finds]) => ({
    what: `an object of the test file ${what}`,
    rule: 'shared-module-state',
    given: { runner: 'mocha' },
    files: { 'a.test.js': `${made}\nit('a', () => {\n${does} });\nit('b', () => { send(order.shop); });\nit('c', () => { order.id = 3; send(order); });` },
    finds,
  })),
  ...(
    [
      ['that is left blank', `did: ''`, 'order-dependent-test', `send(order.did);`, ['a.test.js:3']],
      ['that is left blank', `did: ''`, 'shared-module-state', `send(order.did);`, []],
      ['that is left undefined', `did: undefined`, 'order-dependent-test', `send(order.did);`, ['a.test.js:3']],
      ['that has a value', `did: 'none'`, 'order-dependent-test', `send(order.did);`, []],
      ['that has a value', `did: 'none'`, 'shared-module-state', `send(order.did);`, ['a.test.js:2']],
      ['that is left blank and seen as a part of the whole', `did: ''`, 'shared-module-state', `send(order);`, ['a.test.js:2']],
      ['that the test gives itself', `did: ''`, 'order-dependent-test', `order.did = 2; send(order.did);`, []],
    ] as const
  ).map(([what, entry, rule, does, finds]) => ({
    what: `a property ${what}, of an object that is made with others`,
    rule,
    given: { runner: 'mocha' },
    files: { 'a.test.js': `const order = { shop: 1, ${entry} };\nit('a', () => { order.did = make(); });\nit('b', () => { ${does} });` },
    finds,
  })),
  {
    what: 'an object of the test file that tests fill which a function declares, under the name of its parameter',
    rule: 'shared-module-state',
    given: { runner: 'mocha' },
    files: {
      'a.test.js': `const order = {};\norder.shop = 1;
describe('a', () => { declare(order); it('b', () => { send(order.shop); }); it('c', () => { order.id = 3; send(order); }); });
function declare(order) { describe('a', () => { it('a', () => { order.id = 2; }); }); }`,
    },
  },
];

describe('objects that tests fill', () => {
  for (const { what, rule, files, given, finds = [] } of cases) {
    test(`${rule}: ${what}`, () => {
      expect(places(rule, files, given)).toEqual(finds);
    });
  }
});
