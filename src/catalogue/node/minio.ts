import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['minio'],
  language: 'typescript',
  versions: '7-8',
  source: 'read in the documentation of minio',
  tokens: ['minio'],
  types: { Client: 'Client' },
  typeOpening: { kind: 's3' },
  calls: [
    {
      call: 'new Client',
      returns: 'Client',
      opens: { kind: 's3', server: ['arg0.endPoint'], port: ['arg0.port', '=9000'], name: ['arg0.region', '=us-east-1'] },
      op: 'acquire',
    },
    { call: on('Client', 'putObject fPutObject copyObject removeObject setBucketPolicy'), op: 'write', unit: ['arg0'] },
    { call: 'Client#makeBucket', op: 'create', unit: ['arg0'] },
    { call: 'Client#removeObjects|Client#removeBucket', op: 'wipe', wipes: 'unit', unit: ['arg0'] },
    { call: on('Client', 'getObject fGetObject statObject bucketExists presignedGetObject'), op: 'read', unit: ['arg0'] },
    { call: 'Client#listObjects|Client#listObjectsV2', op: 'count', unit: ['arg0'] },
  ],
} satisfies LibraryEntry;
