import type { LibraryEntry } from '../../model/catalogue.js';
import { mongoAddress } from '../families/mongodb.js';
import { dataSourceServer } from '../families/typeorm.js';

export default {
  packages: ['@nestjs/typeorm', '@nestjs/mongoose', '@nestjs/sequelize', '@nestjs/bullmq', '@nestjs/bull'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of NestJS',
  tokens: ['@nestjs'],
  calls: [
    {
      call: 'TypeOrmModule.forRoot',
      when: ['arg0.type=postgres'],
      op: 'acquire',
      opens: { ...dataSourceServer('postgresql'), namespace: ['arg0.schema'] },
    },
    {
      call: 'TypeOrmModule.forRoot',
      when: ['arg0.type=mysql|mariadb'],
      op: 'acquire',
      opens: { ...dataSourceServer('mysql'), namespace: ['arg0.schema'] },
    },
    {
      call: 'TypeOrmModule.forRoot',
      when: ['arg0.type=sqlite|better-sqlite3'],
      op: 'acquire',
      opens: { kind: 'sqlite', name: ['arg0.database'], privateNames: [':memory:'] },
    },
    { call: 'TypeOrmModule.forRoot', when: ['arg0.dropSchema=true'], op: 'wipe', wipes: 'database', opens: dataSourceServer('database') },
    {
      call: 'SequelizeModule.forRoot',
      op: 'acquire',
      opens: {
        kind: 'database',
        server: ['arg0.uri@url.host', 'arg0.host', '=localhost'],
        port: ['arg0.uri@url.port', 'arg0.port'],
        name: ['arg0.uri@url.path', 'arg0.database', 'arg0.storage'],
        privateNames: [':memory:'],
      },
    },
    { call: 'MongooseModule.forRoot', op: 'acquire', opens: mongoAddress },
    {
      call: 'BullModule.forRoot',
      op: 'acquire',
      opens: {
        kind: 'redis',
        server: ['arg0.connection.host', 'arg0.redis.host', '=localhost'],
        port: ['arg0.connection.port', 'arg0.redis.port', '=6379'],
        name: ['arg0.connection.db', 'arg0.redis.db', '=0'],
        namespace: ['arg0.prefix', '=bull'],
        indexLimit: 16,
      },
    },
  ],
} satisfies LibraryEntry;
