import type { Statement } from '../../model/catalogue.js';
import { database, type Words } from './shell-words.js';

/** Tools that make, migrate and reset the database which the project's configuration names. */
export function migration(name: string, words: Words): Statement[] {
  const first = words[1] ?? '';
  switch (name) {
    case 'prisma':
      return prisma(words);
    case 'knex':
      return first === 'migrate:rollback'
        ? [database('wipe', 'database', undefined, 'knex migrate:rollback')]
        : /^(migrate|seed):/.test(first)
          ? [database('create', 'database', undefined, `knex ${first}`)]
          : [];
    case 'sequelize':
    case 'sequelize-cli':
      return /^db:(drop|migrate:undo)/.test(first)
        ? [database('wipe', 'database', undefined, `sequelize ${first}`)]
        : first.startsWith('db:')
          ? [database('create', 'database', undefined, `sequelize ${first}`)]
          : [];
    case 'typeorm':
    case 'typeorm-ts-node-commonjs':
    case 'typeorm-ts-node-esm':
      return first === 'schema:drop' || first === 'migration:revert'
        ? [database('wipe', 'database', undefined, `typeorm ${first}`)]
        : /^(schema:sync|migration:run)$/.test(first)
          ? [database('create', 'database', undefined, `typeorm ${first}`)]
          : [];
    case 'drizzle-kit':
      return /^(push|migrate)/.test(first)
        ? [database('create', 'database', undefined, `drizzle-kit ${first}`)]
        : first === 'drop'
          ? [database('wipe', 'database', undefined, 'drizzle-kit drop')]
          : [];
    case 'mikro-orm':
      return /^schema:(drop|fresh)|^migration:fresh/.test(first)
        ? [database('wipe', 'database', undefined, `mikro-orm ${first}`)]
        : /^(schema|migration):/.test(first)
          ? [database('create', 'database', undefined, `mikro-orm ${first}`)]
          : [];
    case 'rails':
    case 'rake':
      return /^db:(reset|drop|schema:load|purge)/.test(first) ? [database('wipe', 'database', undefined, `${name} ${first}`)] : [];
    default:
      return [];
  }
}

function prisma(words: Words): Statement[] {
  const [, first = '', second = ''] = words;
  if (first === 'migrate' && second === 'reset') return [database('wipe', 'database', undefined, 'prisma migrate reset')];
  if (first === 'db' && second === 'push')
    return [
      words.includes('--force-reset') || words.includes('--accept-data-loss')
        ? database('wipe', 'database', undefined, 'prisma db push --force-reset')
        : database('create', 'database', undefined, 'prisma db push'),
    ];
  if (first === 'migrate' && /^(deploy|dev)$/.test(second)) return [database('create', 'database', undefined, `prisma migrate ${second}`)];
  if (first === 'db' && /^(seed|execute)$/.test(second)) return [database('write', 'database', undefined, `prisma db ${second}`)];
  return [];
}
