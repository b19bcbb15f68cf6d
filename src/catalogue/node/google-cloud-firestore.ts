import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['@google-cloud/firestore', 'firebase-admin/firestore'],
  language: 'typescript',
  versions: '5-8',
  source: 'read in the documentation of @google-cloud/firestore 7',
  tokens: ['@google-cloud/firestore', 'firebase-admin'],
  types: { Firestore: 'Client', CollectionReference: 'Collection', DocumentReference: 'Document' },
  typeOpening: { kind: 'firestore' },
  calls: [
    {
      call: 'new Firestore|new default',
      returns: 'Client',
      opens: {
        kind: 'firestore',
        server: ['arg0.host', 'env.FIRESTORE_EMULATOR_HOST', '=google'],
        name: ['arg0.projectId', 'env.GOOGLE_CLOUD_PROJECT', 'env.GCLOUD_PROJECT', '=(default)'],
        namespace: ['arg0.databaseId'],
      },
      op: 'acquire',
    },
    {
      call: 'getFirestore|initializeFirestore',
      returns: 'Client',
      opens: {
        kind: 'firestore',
        server: ['env.FIRESTORE_EMULATOR_HOST', '=google'],
        name: ['env.GOOGLE_CLOUD_PROJECT', 'env.GCLOUD_PROJECT', '=(default)'],
        namespace: ['arg1'],
      },
      op: 'acquire',
    },
    { call: 'Client#collection', returns: 'Collection', narrows: { unit: ['arg0'] } },
    { call: 'Client#doc', returns: 'Document', narrows: { unit: ['arg0'] } },
    { call: 'Collection#doc', returns: 'Document' },
    { call: 'Document#collection', returns: 'Collection', narrows: { unit: ['arg0'] } },
    { call: on('Collection', 'where orderBy limit'), returns: 'Query' },
    { call: on('Query', 'where orderBy limit'), returns: 'Query' },
    { call: `Collection#add|${on('Document', 'set create update delete')}`, op: 'write' },
    { call: 'Client#recursiveDelete', op: 'wipe', wipes: 'unit', unit: ['arg0@made.arg0'] },
    { call: on('Collection', 'get listDocuments count'), op: 'count' },
    { call: 'Document#get|Query#get|Query#count', op: 'read' },
    { call: 'Client#terminate', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
