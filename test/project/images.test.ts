import { expect, test } from 'vitest';
import { imagesFor } from '../../src/project/images.js';

const service = (path: string, kind: string, image: string) => ({ kind, name: 'store', from: path, image, at: { path, span: [0, 0] as const } });
const CI = '.github/workflows/ci.yml';

test('CI tells on what tests are run, then a compose file for tests, then another', () => {
  const all = [
    service('docker-compose.yml', 'postgresql', 'postgres:13'),
    service('docker-compose.test.yml', 'postgresql', 'postgis/postgis:15-3.4'),
    service(CI, 'postgresql', 'postgres:16-alpine'),
  ];
  const told = [all, all.slice(0, 2), all.slice(0, 1), []].map((services) => imagesFor({ services }, '')['postgresql']);
  expect(told).toEqual(['postgres:16-alpine', 'postgis/postgis:15-3.4', 'postgres:13', undefined]);
});

test('the compose file of another package comes last', () => {
  const services = [service('apps/shop/compose.test.yaml', 'redis', 'redis:6'), service('compose.yaml', 'redis', 'redis:7')];
  expect(imagesFor({ services }, 'apps/shop')).toEqual({ redis: 'redis:6' });
  expect(imagesFor({ services }, 'apps/till')).toEqual({ redis: 'redis:7' });
});

test.each(['postgres:${PG_VERSION}', 'postgres:${{ matrix.postgres }}', 'bitnami/postgresql:16', 'cockroachdb/cockroach:v24', 'supabase/studio'])(
  '%s is not taken: its name is not known, or its settings are others',
  (image) => {
    expect(imagesFor({ services: [service(CI, 'postgresql', image)] }, '')).toEqual({});
  },
);

test.each(['registry.example:5000/library/redis', 'valkey/valkey:8', 'redis:7@sha256:0f', 'redis/redis-stack-server:latest'])('%s is taken', (image) => {
  expect(imagesFor({ services: [service(CI, 'redis', image)] }, '')).toEqual({ redis: image });
});
