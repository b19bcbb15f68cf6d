import type { CallSpec, Opening } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

/** What a URL and options name to MongoClient. `dbName` beats the URL path, which is also the default authSource. */
export const mongoAddress: Opening = {
  kind: 'mongodb',
  server: ['arg0@url.host', '=localhost'],
  port: ['arg0@url.port', '=27017'],
  name: ['arg1.dbName', 'arg0@url.path', '=test'],
};

/** Collections of the driver, which mongoose hands out too. */
export const collectionCalls: readonly CallSpec[] = [
  {
    call: on(
      'Collection',
      'insertOne insertMany updateOne updateMany replaceOne bulkWrite findOneAndUpdate findOneAndReplace findOneAndDelete deleteOne createIndex createIndexes dropIndex dropIndexes rename insert update save',
    ),
    op: 'write',
  },
  { call: 'Collection#deleteMany|Collection#remove', when: ['!arg0.*'], op: 'wipe', wipes: 'unit' },
  { call: 'Collection#deleteMany|Collection#remove', otherwise: true, op: 'write' },
  { call: 'Collection#drop', op: 'wipe', wipes: 'unit' },
  { call: on('Collection', 'countDocuments count find'), when: ['!arg0.*'], op: 'count' },
  { call: on('Collection', 'countDocuments count find'), otherwise: true, op: 'read' },
  { call: 'Collection#estimatedDocumentCount', op: 'count' },
  { call: on('Collection', 'findOne aggregate distinct indexes listIndexes'), op: 'read' },
];
