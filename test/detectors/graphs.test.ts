import { describe, expect, test } from 'vitest';
import { audit, places, type Case, type Files } from './audit.js';

/** A graph has one database for all tests; what keeps them apart there are labels. */
const GRAPH = 'test/graph.ts';
const graph = {
  [GRAPH]: `import neo4j from 'neo4j-driver';
import { generate } from 'randomstring';
export const open = () => neo4j.driver('bolt://localhost:7687', neo4j.auth.basic('neo4j', 'neo4j'));
export class Label {
  readonly name: string;
  constructor(base: string) { this.name = \`\${generate({ charset: 'alphabetic' })}\${base}\`; }
  toString(): string { return this.name; }
}
export const unique = (base: string) => new Label(base);
`,
};

/** A test file that runs these queries; `user` is a label of its own. */
const running = (...queries: readonly string[]): string => `import { afterAll, beforeAll, test } from 'vitest';
import { open, unique } from './graph';
let driver;
beforeAll(() => { driver = open(); });
afterAll(() => driver.close());
const user = unique('User');
test('a', async () => {
  const session = driver.session();
${queries.map((each) => `  await session.run(\`${each}\`);`).join('\n')}
  await session.close();
});
`;
const files = (first: readonly string[], second: readonly string[]): Files => ({
  ...graph,
  'test/first.test.ts': running(...first),
  'test/second.test.ts': running(...second),
});

const OWN = ['CREATE (:${user.name} {id: 1})-[:KNOWS]->(:${user.name})', 'MATCH (u:${user.name}) RETURN u'];
const FIXED = ['CREATE (:User {id: 1})'];

const cases: readonly Case[] = [
  { what: 'nodes under one label', rule: 'hardcoded-database-name', files: files(FIXED, FIXED), finds: [`${GRAPH}:3`] },
  { what: 'nodes under labels that are made up', rule: 'hardcoded-database-name', files: files(OWN, OWN) },
  {
    what: 'nodes under labels that are made up and written by their name',
    rule: 'hardcoded-database-name',
    files: files(['CREATE (:${user})'], ['CREATE (u:${user})']),
  },
  {
    what: 'nodes under a label of its own beside one of everybody',
    rule: 'hardcoded-database-name',
    files: files([...OWN, ...FIXED], FIXED),
    finds: [`${GRAPH}:3`],
  },
  {
    what: 'nodes under a label of its own that are all removed',
    rule: 'unscoped-wipe',
    files: files([...OWN, 'MATCH (u:${user.name}) DETACH DELETE u'], [...OWN]),
  },
  {
    what: 'nodes of everybody that are removed, where others keep to labels of their own',
    rule: 'unscoped-wipe',
    files: files(['MATCH (n) DETACH DELETE n'], OWN),
    finds: ['test/first.test.ts:9'],
  },
  {
    what: 'nodes under one label that are removed, where others keep to labels of their own',
    rule: 'unscoped-wipe',
    files: files(['MATCH (n:User) DETACH DELETE n'], OWN),
  },
  {
    what: 'nodes under a label of its own that are counted',
    rule: 'unscoped-query',
    files: files([...OWN, 'MATCH (u:${user.name}) RETURN count(u)'], [...OWN, ...FIXED]),
  },
  {
    what: 'nodes of everybody that are counted, where others keep to labels of their own',
    rule: 'unscoped-query',
    files: files(['MATCH (n) RETURN count(n)'], OWN),
    finds: ['test/first.test.ts:9'],
  },
];

describe('a graph', () => {
  test.each(cases)('$rule: $what', ({ rule, files: given, finds = [] }) => {
    expect(places(rule, given)).toEqual(finds);
  });

  test('is shared by those only who use labels that others have too', () => {
    const told = audit({ ...files(FIXED, FIXED), 'test/third.test.ts': running(...OWN) });
    const [shared] = told.findings.filter(({ rule }) => rule === 'hardcoded-database-name');
    expect(shared?.files).toEqual(['test/first.test.ts', 'test/second.test.ts']);
  });
});
