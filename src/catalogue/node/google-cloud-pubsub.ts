import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

// Topics and subscriptions share one list of names here: both are made once for a project.
export default {
  packages: ['@google-cloud/pubsub'],
  language: 'typescript',
  versions: '2-5',
  source: 'read in the documentation of @google-cloud/pubsub 5',
  tokens: ['@google-cloud/pubsub'],
  types: { PubSub: 'Client', Topic: 'Topic', Subscription: 'Topic' },
  typeOpening: { kind: 'pubsub' },
  calls: [
    {
      call: 'new PubSub',
      returns: 'Client',
      opens: {
        kind: 'pubsub',
        server: ['arg0.apiEndpoint', 'env.PUBSUB_EMULATOR_HOST', '=google'],
        name: ['arg0.projectId', 'env.GOOGLE_CLOUD_PROJECT', 'env.PUBSUB_PROJECT_ID', '=(default)'],
      },
      op: 'acquire',
    },
    { call: 'Client#topic|Client#subscription', returns: 'Topic', narrows: { unit: ['arg0'] } },
    { call: 'Client#createTopic', op: 'create', unit: ['arg0.name', 'arg0'] },
    { call: 'Client#createSubscription', op: 'create', unit: ['arg1'] },
    { call: 'Topic#create', op: 'create' },
    { call: 'Topic#createSubscription', op: 'create', unit: ['arg0'] },
    { call: on('Topic', 'publishMessage publish publishJSON pull seek'), op: 'write' },
    { call: 'Topic#delete', op: 'wipe', wipes: 'unit' },
    { call: on('Topic', 'get exists getMetadata'), op: 'read' },
    { call: 'Client#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
