import { expect, test } from 'vitest';
import { repaired } from './repair.js';

const file = (listen: string, ask: string, head = ''): string => `import { createServer } from 'node:http';
import { afterAll, beforeAll, test } from 'vitest';
${head}
const server = createServer();
beforeAll(() => new Promise((done) => ${listen}));
afterAll(() => server.close());
test('is served', () => fetch(${ask}));
`;
const beside = { 'other.test.js': file('server.listen(4310, done)', "'http://localhost:4310'") };
const back = '`http://localhost:${server.address().port}`';

test('the number in the call, where the port is read back', () => {
  const text = file('server.listen(4310, done)', back);
  expect(repaired('fixed-port', text, { beside })).toBe(text.replace('4310', '0'));
  const options = file('server.listen({ port: 4310 }, done)', back);
  expect(repaired('fixed-port', options, { beside })).toBe(options.replace('4310', '0'));
  const constant = file('server.listen(PORT, done)', back, 'const PORT = 4310;');
  expect(repaired('fixed-port', constant, { beside })).toBe(constant.replace('4310', '0'));
});

test.each([
  ['server.listen(4310, done)', "'http://localhost:4310'", '', 'the number stands in other places too'],
  ['server.listen(4310, done)', 'url', '', 'the port is not read back from the server'],
  ['server.listen(PORT, done)', '`http://localhost:${PORT}${server.address().port}`', 'const PORT = 4310;', 'the constant is used in other places too'],
  ['server.listen(PORT, done)', back, 'const PORT = 4000 + 310;', 'the port is not a number written in this file'],
])('%s and %s', (listen, ask, head, why) => {
  expect(repaired('fixed-port', file(listen, ask, head), { beside })).toBe(`refused: ${why}`);
});
