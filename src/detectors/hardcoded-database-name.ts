import { detector } from '../model/detector.js';
import { OBSERVED, sharedNames } from './databases.js';
import { handedNames } from './handed.js';
import { DATABASE_NAMES, DATABASE_VALUES } from './separators.js';

export default detector({
  id: 'hardcoded-database-name',
  axis: ['A', 'R'],
  summary: 'Test files use one database, schema or database file under the same name.',
  wording: {
    what: '{title} is used{wipes} by {count}.',
    why: '{reason}, so rows and schema changes of one file show up in the tests of another: duplicate keys, missing rows, deadlocks.',
    fix: 'Give each worker a database of its own: put the worker id into the name.',
  },
  variants: {
    made: {
      what: '{title} is created by {count} under a name that every run has.',
      why: 'The server keeps running between runs, so two runs at once create and drop it under each other, and one that was cut short leaves it behind.',
      fix: 'Put a unique id into the name.',
    },
    observed: OBSERVED,
    environment: { fix: 'Give each worker a database of its own: add the worker id to the name that the variable gives.' },
  },
  detect(audited, surroundings) {
    const claimed = sharedNames(audited, surroundings, {
      rule: 'hardcoded-database-name',
      kinds: ['postgresql', 'mysql', 'sqlite', 'mongodb', 'neo4j', 'clickhouse', 'cassandra', 'couchdb', 'database'],
      byUnit: false,
    });
    return [
      ...claimed,
      ...handedNames(
        audited,
        {
          rule: 'hardcoded-database-name',
          axis: ['A', 'R'],
          names: DATABASE_NAMES,
          plain: /(db|database)_?(name|schema)$|(postgres|pg)schema$/i,
          values: DATABASE_VALUES,
          noun: 'database or schema',
          copies: true,
        },
        claimed,
      ),
    ];
  },
});
