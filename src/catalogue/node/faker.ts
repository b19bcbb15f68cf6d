import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@faker-js/faker', 'faker', '@faker-js/faker/locale/en', 'chance', 'casual'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of @faker-js/faker',
  tokens: ['faker', 'chance', 'casual'],
  calls: [
    {
      call: 'faker.string.uuid|faker.datatype.uuid|faker.string.alphanumeric|faker.string.alpha|faker.string.nanoid|faker.string.ulid|faker.random.uuid|faker.random.alphaNumeric|faker.internet.email|faker.internet.userName|faker.internet.username|faker.database.mongodbObjectId|datatype.uuid|random.uuid|random.alphaNumeric|internet.email|internet.userName|default.random.uuid|default.datatype.uuid|default.internet.email',
      gives: { varies: 'call', source: 'faker' },
    },
    {
      call: 'faker.number.int|faker.datatype.number|faker.random.number|faker.internet.port',
      gives: { varies: 'call', source: 'faker number', values: 10000 },
    },
    {
      call: 'faker.word.noun|faker.word.sample|faker.lorem.word|faker.lorem.slug|faker.person.firstName|faker.name.firstName|faker.company.name',
      gives: { varies: 'call', source: 'faker word', values: 1000 },
    },
    { call: 'faker.seed|default.seed', changes: { state: 'module', cell: ['=faker seed'] } },
  ],
} satisfies LibraryEntry;
