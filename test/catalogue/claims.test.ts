import { describe, expect, test } from 'vitest';
import { told } from './told.js';

interface Case {
  readonly library: string;
  readonly imports: string;
  readonly body: string;
  readonly lines: readonly string[];
}

const cases: readonly Case[] = [
  {
    library: 'pg',
    imports: `import { Pool } from 'pg';`,
    body: `const pool = new Pool({ connectionString: 'postgres://u:p@localhost:5433/app', database: 'ignored' }); await pool.query('TRUNCATE orders'); await pool.end();`,
    lines: ['acquire postgresql localhost:5433/app', 'wipe unit postgresql localhost:5433/app orders', 'paid pool.end()'],
  },
  {
    library: 'pg',
    imports: `import pg from 'pg';`,
    body: `const client = new pg.Client({ database: 'app', options: '-c search_path=w1' }); await client.query({ text: 'DELETE FROM orders' });`,
    lines: ['acquire postgresql localhost:5432/app/[w1]', 'wipe unit postgresql localhost:5432/app/[w1] orders', 'owes client.end()'],
  },
  {
    library: 'pg',
    imports: `import { Pool } from 'pg';`,
    body: `const pool = new Pool({ database: 'app' }); const client = await pool.connect(); try { await client.query('SELECT 1'); } finally { client.release(); await pool.end(); }`,
    lines: [
      'acquire postgresql localhost:5432/app',
      'acquire postgresql localhost:5432/app',
      'read postgresql localhost:5432/app',
      'paid pool.end()',
      'paid client.release()',
    ],
  },
  {
    library: 'postgres',
    imports: `import postgres from 'postgres';`,
    body: `const sql = postgres('postgres://localhost/ignored', { database: 'app' }); await sql\`INSERT INTO orders VALUES (\${1})\`; await sql.end();`,
    lines: ['acquire postgresql localhost:5432/app', 'write postgresql localhost:5432/app orders', 'paid sql.end()'],
  },
  {
    library: 'pg-promise',
    imports: `import pgPromise from 'pg-promise';`,
    body: `const pgp = pgPromise(); const db = pgp('postgres://localhost/app'); await db.none('TRUNCATE orders'); await db.$pool.end();`,
    lines: ['acquire postgresql localhost:5432/app', 'wipe unit postgresql localhost:5432/app orders', 'paid pgp.end()'],
  },
  {
    library: 'pglite',
    imports: `import { PGlite } from '@electric-sql/pglite';`,
    body: `const db = new PGlite(); await db.exec('DROP TABLE orders');`,
    lines: [],
  },
  {
    library: 'mysql2',
    imports: `import mysql from 'mysql2/promise';`,
    body: `const c = await mysql.createConnection({ uri: 'mysql://localhost/ignored', database: 'app' }); await c.execute('UPDATE orders SET a = 1 WHERE id = 2'); await c.end();`,
    lines: ['acquire mysql localhost:3306/app', 'write mysql localhost:3306/app orders', 'paid connection.end()'],
  },
  {
    library: 'better-sqlite3',
    imports: `import Database from 'better-sqlite3';`,
    body: `const db = new Database('test.db'); db.exec('DELETE FROM orders'); db.prepare('INSERT INTO orders VALUES (1)').run(); db.close();`,
    lines: ['acquire sqlite <cwd>/test.db', 'wipe unit sqlite <cwd>/test.db orders', 'write sqlite <cwd>/test.db orders', 'paid db.close()'],
  },
  {
    library: 'better-sqlite3',
    imports: `import Database from 'better-sqlite3';`,
    body: `new Database(':memory:').exec('DROP TABLE orders');`,
    lines: [],
  },
  {
    library: 'sqlite3',
    imports: `import sqlite3 from 'sqlite3';`,
    body: `const db = new sqlite3.Database('test.db'); db.run('DELETE FROM orders WHERE id = 1');`,
    lines: ['acquire sqlite <cwd>/test.db', 'write sqlite <cwd>/test.db orders', 'owes db.close()'],
  },
  {
    library: 'mongodb',
    imports: `import { MongoClient } from 'mongodb';`,
    body: `const client = new MongoClient('mongodb://localhost:27017/ignored', { dbName: 'app' }); await client.db('other').collection('orders').deleteMany({}); await client.db().collection('orders').deleteMany({ run: 1 }); await client.db().dropDatabase(); await client.close();`,
    lines: [
      'acquire mongodb localhost:27017/app',
      'wipe unit mongodb localhost:27017/other orders',
      'write mongodb localhost:27017/app orders',
      'wipe database mongodb localhost:27017/app',
      'paid client.close()',
    ],
  },
  {
    library: 'mongoose',
    imports: `import mongoose from 'mongoose';`,
    body: `await mongoose.connect('mongodb://localhost/app'); await mongoose.connection.dropDatabase(); const Order = mongoose.model('Order', {} as any); await Order.deleteMany({}); await Order.create({}); await mongoose.disconnect();`,
    lines: [
      'acquire mongodb localhost:27017/app',
      'wipe database mongodb localhost:27017/app',
      'wipe unit mongodb localhost:27017/app Order',
      'write mongodb localhost:27017/app Order',
      'paid mongoose.disconnect()',
    ],
  },
  {
    library: 'mongodb-memory-server',
    imports: `import { MongoMemoryServer } from 'mongodb-memory-server'; import mongoose from 'mongoose';`,
    body: 'const server = await MongoMemoryServer.create(); await mongoose.connect(server.getUri()); await mongoose.connection.dropDatabase(); await mongoose.disconnect(); await server.stop();',
    lines: [
      'acquire mongodb {own server}/(default)',
      'acquire mongodb {mongodb-memory-server#host}:{mongodb-memory-server#port}/{mongodb-memory-server#path}',
      'wipe database mongodb {mongodb-memory-server#host}:{mongodb-memory-server#port}/{mongodb-memory-server#path}',
      'paid mongod.stop()',
      'paid mongoose.disconnect()',
    ],
  },
  {
    library: 'ioredis',
    imports: `import Redis from 'ioredis';`,
    body: `const redis = new Redis({ db: 3, keyPrefix: 'w1:' }); await redis.set('a', 1); await redis.keys('*'); await redis.flushall(); await redis.quit();`,
    lines: [
      'acquire redis localhost:6379/3/[w1:]',
      'write redis localhost:6379/3/[w1:] a',
      'count redis localhost:6379/3/[w1:]',
      'wipe server redis localhost:6379/3/[w1:]',
      'paid redis.quit()',
    ],
  },
  {
    library: 'ioredis',
    imports: `import Redis from 'ioredis';`,
    body: `const redis = new Redis(6380, 'cache', { db: 2 }); await redis.call('FLUSHDB'); redis.disconnect();`,
    lines: ['acquire redis localhost:6380/2', 'wipe database redis localhost:6380/2', 'paid redis.quit()'],
  },
  {
    library: 'redis',
    imports: `import { createClient } from 'redis';`,
    body: `const client = createClient({ url: 'redis://cache:6380/2' }); await client.connect(); await client.flushDb(); await client.sendCommand(['FLUSHALL']); await client.hSet('k', 'f', 1); await client.quit();`,
    lines: [
      'acquire redis cache:6380/2',
      'wipe database redis cache:6380/2',
      'wipe server redis cache:6380/2',
      'write redis cache:6380/2 k',
      'paid client.close()',
    ],
  },
  {
    library: 'bullmq',
    imports: `import { Queue, Worker } from 'bullmq'; import IORedis from 'ioredis';`,
    body: `const connection = new IORedis({ db: 2 }); const queue = new Queue('mail', { connection, prefix: 'w1' }); await queue.obliterate({ force: true }); await queue.close(); await connection.quit(); new Worker('mail', async () => {}, { connection: { host: 'cache', port: 6380, db: 4 } });`,
    lines: [
      'acquire redis localhost:6379/2',
      'acquire redis localhost:6379/2/[w1] mail',
      'wipe unit redis localhost:6379/2/[w1] mail',
      'write redis cache:6380/4/[bull] mail',
      'paid redis.quit()',
      'paid queue.close()',
      'owes worker.close()',
    ],
  },
  {
    library: 'ioredis-mock',
    imports: `import Redis from 'ioredis-mock';`,
    body: 'const redis = new Redis(); await redis.flushall();',
    lines: [],
  },
  {
    library: 'neo4j-driver',
    imports: `import neo4j from 'neo4j-driver';`,
    body: `const driver = neo4j.driver('bolt://localhost:7687'); const session = driver.session({ database: 'app' }); await session.run('MATCH (n) DETACH DELETE n'); await session.close(); await driver.close();`,
    lines: ['acquire neo4j localhost:7687/neo4j', 'wipe database neo4j localhost:7687/app', 'paid driver.close()', 'paid session.close()'],
  },
  {
    library: 'elasticsearch',
    imports: `import { Client } from '@elastic/elasticsearch';`,
    body: `const client = new Client({ node: 'http://localhost:9200' }); await client.indices.delete({ index: '*' }); await client.indices.create({ index: 'orders' }); await client.deleteByQuery({ index: 'orders', query: { match_all: {} } }); await client.close();`,
    lines: [
      'acquire elasticsearch localhost:9200/cluster',
      'wipe server elasticsearch localhost:9200/cluster',
      'create elasticsearch localhost:9200/cluster orders',
      'wipe unit elasticsearch localhost:9200/cluster orders',
      'paid client.close()',
    ],
  },
  {
    library: 'dynamodb',
    imports: `import { DynamoDBClient, PutItemCommand, DeleteTableCommand } from '@aws-sdk/client-dynamodb';`,
    body: `const client = new DynamoDBClient({ endpoint: 'http://localhost:8000', region: 'eu-west-1' }); await client.send(new PutItemCommand({ TableName: 'orders', Item: {} })); await client.send(new DeleteTableCommand({ TableName: 'orders' }));`,
    lines: [
      'acquire dynamodb http://localhost:8000/eu-west-1',
      'write dynamodb http://localhost:8000/eu-west-1 orders',
      'wipe unit dynamodb http://localhost:8000/eu-west-1 orders',
    ],
  },
  {
    library: 'amqplib',
    imports: `import amqp from 'amqplib';`,
    body: `const connection = await amqp.connect('amqp://localhost/orders'); const channel = await connection.createChannel(); await channel.assertQueue('jobs'); await channel.purgeQueue('jobs'); await connection.close();`,
    lines: [
      'acquire rabbitmq localhost:5672/orders',
      'create rabbitmq localhost:5672/orders jobs',
      'wipe unit rabbitmq localhost:5672/orders jobs',
      'paid connection.close()',
    ],
  },
  {
    library: 'kafkajs',
    imports: `import { Kafka } from 'kafkajs';`,
    body: `const kafka = new Kafka({ brokers: ['localhost:9092'] }); const producer = kafka.producer(); await producer.connect(); await producer.send({ topic: 'orders', messages: [] }); await producer.disconnect(); await kafka.consumer({ groupId: 'billing' }).subscribe({ topic: 'orders' });`,
    lines: [
      'acquire kafka localhost:9092/cluster',
      'write kafka localhost:9092/cluster orders',
      'read kafka localhost:9092/cluster/[billing] orders',
      'paid disconnect()',
    ],
  },
  {
    library: 'knex',
    imports: `import knexFactory from 'knex';`,
    body: `const knex = knexFactory({ client: 'pg', connection: { host: 'localhost', database: 'app' } }); await knex('users').where('id', 1).del(); await knex('orders').del(); await knex('invoices').del().where({ id: 1 }); await knex.raw('TRUNCATE lines'); await knex.migrate.latest(); await knex.destroy();`,
    lines: [
      'acquire postgresql localhost:5432/app',
      'write postgresql localhost:5432/app users',
      'wipe unit postgresql localhost:5432/app orders',
      'wipe unit postgresql localhost:5432/app lines',
      'create postgresql localhost:5432/app',
      'paid knex.destroy()',
    ],
  },
  {
    library: 'kysely',
    imports: `import { Kysely, PostgresDialect } from 'kysely'; import { Pool } from 'pg';`,
    body: `const db = new Kysely<any>({ dialect: new PostgresDialect({ pool: new Pool({ database: 'app' }) }) }); await db.deleteFrom('orders').execute(); await db.deleteFrom('users').where('id', '=', 1).execute(); await db.destroy();`,
    lines: [
      'acquire postgresql localhost:5432/app',
      'acquire postgresql localhost:5432/app',
      'wipe unit postgresql localhost:5432/app orders',
      'write postgresql localhost:5432/app users',
      'paid pool.end()',
      'paid db.destroy()',
    ],
  },
  {
    library: 'sequelize',
    imports: `import { Sequelize } from 'sequelize';`,
    body: `const sequelize = new Sequelize('postgres://localhost/app'); await sequelize.sync({ force: true }); const User = sequelize.define('User', {}); await User.destroy({ where: {} }); await User.destroy({ where: { id: 1 } }); await sequelize.close();`,
    lines: [
      'acquire postgresql localhost:5432/app',
      'wipe database postgresql localhost:5432/app',
      'wipe unit postgresql localhost:5432/app User',
      'write postgresql localhost:5432/app User',
      'paid sequelize.close()',
    ],
  },
  {
    library: 'sequelize',
    imports: `import { Sequelize } from 'sequelize';`,
    body: `const sequelize = new Sequelize('app', 'u', 'p', { dialect: 'mysql', host: 'db' }); await sequelize.drop(); await sequelize.close();`,
    lines: ['acquire mysql db:3306/app', 'wipe database mysql db:3306/app', 'paid sequelize.close()'],
  },
  {
    library: 'typeorm',
    imports: `import { DataSource } from 'typeorm';`,
    body: `const source = new DataSource({ type: 'postgres', database: 'app' }); await source.initialize(); await source.getRepository('User').clear(); await source.getRepository('User').delete({}); await source.dropDatabase(); await source.destroy();`,
    lines: [
      'acquire postgresql localhost:5432/app',
      'wipe unit postgresql localhost:5432/app User',
      'wipe unit postgresql localhost:5432/app User',
      'wipe database postgresql localhost:5432/app',
      'paid dataSource.destroy()',
    ],
  },
  {
    library: 'prisma',
    imports: `import { PrismaClient } from '@prisma/client';`,
    body: `const prisma = new PrismaClient({ datasourceUrl: 'postgresql://localhost/app?schema=w1' }); await prisma.user.deleteMany(); await prisma.user.deleteMany({ where: { id: 1 } }); await prisma.$executeRaw\`TRUNCATE TABLE "User"\`; await prisma.user.count(); await prisma.$disconnect();`,
    lines: [
      'acquire postgresql localhost:5432/app/[w1]',
      'wipe unit postgresql localhost:5432/app/[w1] user',
      'write postgresql localhost:5432/app/[w1] user',
      'wipe unit postgresql localhost:5432/app/[w1] User',
      'count postgresql localhost:5432/app/[w1] user',
      'paid prisma.$disconnect()',
    ],
  },
  {
    library: 'drizzle',
    imports: `import { drizzle } from 'drizzle-orm/node-postgres'; import { Pool } from 'pg'; import { pgTable } from 'drizzle-orm/pg-core';`,
    body: `const users = pgTable('users', {}); const orders = pgTable('orders', {}); const pool = new Pool({ database: 'app' }); const db = drizzle(pool); await db.delete(users); await db.delete(orders).where(1 as any); await db.$client.end();`,
    lines: [
      'acquire postgresql localhost:5432/app',
      'wipe unit postgresql localhost:5432/app users',
      'write postgresql localhost:5432/app users',
      'write postgresql localhost:5432/app orders',
      'paid pool.end()',
    ],
  },
  {
    library: 'mikro-orm',
    imports: `import { MikroORM } from '@mikro-orm/postgresql';`,
    body: `const orm = await MikroORM.init({ dbName: 'app' }); await orm.schema.refreshDatabase(); await orm.em.nativeDelete('User', {}); await orm.close(true);`,
    lines: [
      'acquire postgresql localhost:5432/app',
      'wipe database postgresql localhost:5432/app',
      'wipe unit postgresql localhost:5432/app User',
      'paid orm.close()',
    ],
  },
  {
    library: 'node:fs',
    imports: `import fs from 'node:fs'; import { mkdtemp, rm, writeFile } from 'node:fs/promises'; import { join } from 'node:path'; import { tmpdir } from 'node:os';`,
    body: `fs.writeFileSync('/tmp/x.json', ''); await fs.promises.writeFile('out/y', ''); fs.readFileSync('a.json'); const dir = await mkdtemp(join(tmpdir(), 'a-')); await writeFile(join(dir, 'z'), ''); await rm(dir, { recursive: true });`,
    lines: [
      'write filesystem /tmp/x.json',
      'write filesystem <cwd>/out/y',
      'read filesystem <cwd>/a.json',
      'write filesystem <tmp>/a-{mkdtemp}/z',
      'wipe path filesystem <tmp>/a-{mkdtemp}',
      'paid rm(dir, { recursive: true, force: true })',
    ],
  },
  {
    library: 'fs-extra',
    imports: `import * as fse from 'fs-extra';`,
    body: `await fse.outputJson('out/a.json', {}); await fse.emptyDir('out'); await fse.copy('fixtures/a', 'out/a');`,
    lines: ['write filesystem <cwd>/out/a.json', 'wipe path filesystem <cwd>/out', 'write filesystem <cwd>/out/a', 'read filesystem <cwd>/fixtures/a'],
  },
  {
    library: 'node:http',
    imports: `import http from 'node:http';`,
    body: 'const server = http.createServer(); server.listen(3000); server.close(); http.createServer().listen(0);',
    lines: ['bind network-port 3000', 'paid server.close()', 'owes server.close()'],
  },
  {
    library: 'express',
    imports: `import express from 'express';`,
    body: 'const app = express(); const server = app.listen(4000, () => {}); server.close(); app.listen();',
    lines: ['bind network-port 4000', 'bind network-port {random name}', 'paid server.close()', 'owes server.close()'],
  },
  {
    library: 'fastify',
    imports: `import Fastify from 'fastify';`,
    body: `const app = Fastify(); await app.listen({ port: 3001 }); await app.close(); await Fastify().inject('/');`,
    lines: ['bind network-port 3001', 'paid app.close()'],
  },
  {
    library: 'ws',
    imports: `import { WebSocketServer } from 'ws'; import getPort from 'get-port';`,
    body: 'const server = new WebSocketServer({ port: 8081 }); server.close(); const other = new WebSocketServer({ port: await getPort() }); other.close();',
    lines: ['bind network-port 8081', 'bind network-port {free port}', 'paid server.close()', 'paid server.close()'],
  },
  {
    library: 'testcontainers',
    imports: `import { PostgreSqlContainer } from '@testcontainers/postgresql'; import { Pool } from 'pg';`,
    body: `const container = await new PostgreSqlContainer('postgres:15').withDatabase('app').start(); const pool = new Pool({ connectionString: container.getConnectionUri() }); await pool.query('TRUNCATE orders'); await pool.end(); await container.stop();`,
    lines: [
      'acquire postgresql {own server}/(default)',
      'acquire postgresql {container#host}:{container#port}/{container#path}',
      'wipe unit postgresql {container#host}:{container#port}/{container#path} orders',
      'paid container.stop()',
      'paid pool.end()',
    ],
  },
  {
    library: 'testcontainers',
    imports: `import { GenericContainer } from 'testcontainers';`,
    body: `await new GenericContainer('redis:7').withName('test-redis').withReuse().start();`,
    lines: ['bind container test-redis', 'bind container reused testcontainer', 'acquire container reused testcontainer/default'],
  },
  {
    library: 'prisma as a command, told its database',
    imports: `import { execSync } from 'node:child_process';`,
    body: `const url = 'postgresql://localhost:5433/app_' + process.env.VITEST_POOL_ID + '?schema=w'; execSync('npx prisma migrate reset --force', { env: { ...process.env, DATABASE_URL: url } });`,
    lines: ['wipe database postgresql localhost:5433/app_{env:VITEST_POOL_ID}/[w]'],
  },
  {
    library: 'prisma as a command, finding its database',
    imports: `import { spawnSync } from 'node:child_process';`,
    body: `process.env.DATABASE_URL = 'mysql://localhost/app'; spawnSync('pnpm', ['prisma', 'db', 'push', '--force-reset'], { stdio: 'inherit' });`,
    lines: ['wipe database mysql localhost:3306/app', 'leaves env process.env.DATABASE_URL'],
  },
  {
    library: 'prisma as a command, whose database is set to what nobody knows',
    imports: `import { execSync } from 'node:child_process'; import { addressOf } from './elsewhere';`,
    body: `process.env.DATABASE_URL = addressOf('orders'); execSync('prisma migrate reset');`,
    lines: ['wipe database database ?/?', 'leaves env process.env.DATABASE_URL'],
  },
  {
    library: 'prisma as a command, whose database nobody gives',
    imports: `import { execSync } from 'node:child_process';`,
    body: `execSync('prisma migrate deploy');`,
    lines: ['create database ?'],
  },
  {
    library: 'node:child_process',
    imports: `import { execSync, spawn } from 'node:child_process';`,
    body: `spawn('docker', ['rm', '-f', 'test-pg'], { stdio: 'inherit' }).on('exit', () => {}); execSync('rm -rf out'); spawn('node', ['server.js']);`,
    lines: ['wipe unit container test-pg', 'wipe path filesystem <cwd>/out', 'paid child.kill()', 'owes child.kill()'],
  },
  {
    library: 'process',
    imports: '',
    body: `process.chdir('/tmp'); process.on('SIGINT', () => {}); const timer = setInterval(() => {}, 10); clearInterval(timer); setInterval(() => {}, 10); setTimeout(() => {}, 10);`,
    lines: ['leaves cwd process.cwd()', 'leaves process process listeners', 'paid clearInterval(timer)', 'owes clearInterval(timer)'],
  },
  {
    library: 'vitest',
    imports: `import { vi } from 'vitest'; import fs from 'node:fs';`,
    body: `vi.spyOn(fs, 'readFileSync'); vi.useFakeTimers(); vi.stubEnv('TZ', 'UTC'); vi.stubGlobal('fetch', 1); vi.useRealTimers(); vi.restoreAllMocks(); vi.unstubAllEnvs();`,
    lines: ['undone mock node:fs.readFileSync', 'undone timers fake timers', 'undone env-stub TZ', 'leaves global-stub fetch'],
  },
  {
    library: 'jest',
    imports: `import { jest } from '@jest/globals';`,
    body: `const spy = jest.spyOn(console, 'log').mockImplementation(() => {}); spy.mockRestore(); jest.useFakeTimers(); jest.spyOn(Date, 'now'); jest.resetAllMocks();`,
    lines: ['undone mock console.log', 'leaves timers fake timers', 'leaves mock Date.now'],
  },
  {
    library: 'sinon',
    imports: `import sinon from 'sinon';`,
    body: `const sandbox = sinon.createSandbox(); sandbox.stub(console, 'log'); sandbox.restore(); const stub = sinon.stub(Date, 'now').returns(1); stub.restore(); sinon.stub(Math, 'random'); sinon.reset();`,
    lines: ['undone mock console.log', 'undone mock Date.now', 'leaves mock Math.random'],
  },
  {
    library: 'nock',
    imports: `import nock from 'nock';`,
    body: `nock('https://api.example.com').get('/x').reply(200); nock.cleanAll(); nock.disableNetConnect();`,
    lines: ['undone http-mock https://api.example.com', 'leaves http-mock net connect'],
  },
  {
    library: 'msw',
    imports: `import { setupServer } from 'msw/node';`,
    body: 'const server = setupServer(); server.listen(); server.use(); server.resetHandlers(); server.close();',
    lines: ['undone http-mock msw server', 'undone http-mock msw handlers'],
  },
  {
    library: 'names',
    imports: `import { randomUUID } from 'node:crypto'; import { v4 } from 'uuid'; import { nanoid } from 'nanoid'; import fs from 'fs';`,
    body: `fs.writeFileSync(\`/tmp/a-\${randomUUID()}\`, ''); fs.writeFileSync(\`/tmp/b-\${v4()}\`, ''); fs.writeFileSync('/tmp/c-' + nanoid(), ''); fs.writeFileSync(\`/tmp/d-\${Date.now()}-\${Math.random()}\`, '');`,
    lines: ['write filesystem /tmp/a-{uuid}', 'write filesystem /tmp/b-{uuid}', 'write filesystem /tmp/c-{nanoid}', 'write filesystem /tmp/d-{clock}-{random}'],
  },
  {
    library: 'nothing',
    imports: `import { Pool } from 'pg'; import fs from 'node:fs';`,
    body: `const query = 'TRUNCATE orders'; const options = { connectionString: 'postgres://localhost/app' }; void [Pool, fs, query, options];`,
    lines: [],
  },
];

describe('what calls of a library claim, change and owe', () => {
  test.each(cases)('$library: $body', ({ imports, body, lines }) => {
    expect(told(`import { test } from 'vitest';\n${imports}\ntest('orders', async () => { ${body} });`)).toEqual(lines);
  });
});
