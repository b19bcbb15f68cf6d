import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['@nestjs/core', '@nestjs/testing'],
  language: 'typescript',
  versions: '8-11',
  source: 'read in the documentation of NestJS',
  tokens: ['@nestjs'],
  types: { INestApplication: 'App', NestExpressApplication: 'App', NestFastifyApplication: 'App', TestingModule: 'Module' },
  calls: [
    { call: 'NestFactory.create', returns: 'App', owes: 'app.close()', owesKind: 'handle' },
    { call: 'NestFactory.createMicroservice|NestFactory.createApplicationContext', returns: 'App', owes: 'app.close()', owesKind: 'handle' },
    { call: 'Test.createTestingModule', returns: 'Builder' },
    { call: 'Builder#*', returns: 'receiver' },
    { call: 'Builder#compile', returns: 'Module' },
    { call: 'Module#createNestApplication|Module#createNestMicroservice', returns: 'App' },
    { call: 'Module#init', returns: 'receiver' },
    { call: 'App#init|App#startAllMicroservices', returns: 'receiver', owes: 'app.close()', owesKind: 'handle' },
    {
      call: 'App#listen',
      returns: 'receiver',
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0'], privateNames: ['0'], randomByDefault: true },
      owes: 'app.close()',
    },
    {
      call: on(
        'App',
        'useGlobalPipes useGlobalFilters useGlobalInterceptors useGlobalGuards setGlobalPrefix enableCors use enableVersioning connectMicroservice enableShutdownHooks',
      ),
      returns: 'receiver',
    },
    { call: 'App#close|Module#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
