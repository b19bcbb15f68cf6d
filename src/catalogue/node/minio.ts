import type { LibraryEntry } from '../../model/catalogue.js';

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
    { call: 'Client#putObject|Client#fPutObject|Client#copyObject|Client#removeObject|Client#setBucketPolicy', op: 'write', unit: ['arg0'] },
    { call: 'Client#makeBucket', op: 'create', unit: ['arg0'] },
    { call: 'Client#removeObjects|Client#removeBucket', op: 'wipe', wipes: 'unit', unit: ['arg0'] },
    { call: 'Client#getObject|Client#fGetObject|Client#statObject|Client#bucketExists|Client#presignedGetObject', op: 'read', unit: ['arg0'] },
    { call: 'Client#listObjects|Client#listObjectsV2', op: 'count', unit: ['arg0'] },
  ],
} satisfies LibraryEntry;
