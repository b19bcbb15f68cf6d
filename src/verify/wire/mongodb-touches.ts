/** What a command of MongoDB touches. Commands as MongoDB 8 lists them. */
import type { Access, Touch } from '../recording.js';
import { documentsOf, fieldsOf, isDocument, sizeAt, textOf, type Field } from './bson.js';
import type { Message } from './mongodb-messages.js';

/** Access to the collection that stands behind the name of the command. */
const COLLECTION: Readonly<Record<string, Access>> = {
  aggregate: 'read',
  collMod: 'write',
  collStats: 'read',
  count: 'read',
  create: 'write',
  createIndexes: 'write',
  delete: 'write',
  distinct: 'read',
  drop: 'clear',
  dropIndexes: 'write',
  find: 'read',
  findAndModify: 'write',
  findandmodify: 'write',
  insert: 'write',
  listIndexes: 'read',
  mapReduce: 'read',
  update: 'write',
  validate: 'read',
};
const DATABASE: Readonly<Record<string, Access>> = { dropDatabase: 'clear', listCollections: 'read', dbStats: 'read' };
/** An empty document. */
const EMPTY = 5;

/** `fields` are those of the command, whose name is the first of them. */
export function mongodbTouches(name: string, fields: ReadonlyMap<string, Field>, { body, sequences }: Message): readonly Touch[] {
  const database = DATABASE[name];
  if (database !== undefined) return [{ kind: 'database', name: '', access: database }];
  const list = (of: string): readonly number[] => sequences.get(of) ?? documentsOf(body, fields.get(of));
  if (name === 'renameCollection') return [fields.get(name), fields.get('to')].flatMap((each) => namespace(textOf(body, each), 'write'));
  if (name === 'bulkWrite') return list('nsInfo').flatMap((at) => namespace(textOf(body, fieldsOf(body, at).get('ns')), 'write'));
  const access = COLLECTION[name];
  if (name === 'getMore') return collection(textOf(body, fields.get('collection')), 'read');
  if (access === undefined) return [];
  const own = collection(textOf(body, fields.get(name)), name === 'delete' && list('deletes').some((at) => isForAll(body, at)) ? 'clear' : access);
  return name === 'aggregate' ? [...own, ...list('pipeline').flatMap((at) => stageTouches(body, at))] : own;
}

/** `deleteMany({})`: no filter, and no limit. */
function isForAll(body: Buffer, at: number): boolean {
  const fields = fieldsOf(body, at);
  const filter = fields.get('q');
  const limit = fields.get('limit');
  return isDocument(filter) && sizeAt(body, filter.at) === EMPTY && (limit === undefined || body[limit.at] === 0);
}

/** Stages that use another collection: `$lookup`, `$unionWith`, `$graphLookup` read it, `$out` and `$merge` write. */
function stageTouches(body: Buffer, at: number): Touch[] {
  return [...fieldsOf(body, at)].flatMap(([stage, field]) => {
    const inside = isDocument(field) ? fieldsOf(body, field.at) : undefined;
    const named = (...names: readonly string[]): string | undefined => names.map((each) => textOf(body, inside?.get(each))).find((each) => each !== undefined);
    switch (stage) {
      case '$out':
        return collection(textOf(body, field) ?? named('coll'), 'clear');
      case '$merge':
        return collection(textOf(body, field) ?? named('into'), 'write');
      case '$lookup':
      case '$graphLookup':
        return collection(named('from'), 'read');
      case '$unionWith':
        return collection(textOf(body, field) ?? named('coll'), 'read');
      default:
        return [];
    }
  });
}

const collection = (name: string | undefined, access: Access): Touch[] => (name === undefined ? [] : [{ kind: 'collection', name, access }]);

/** `shop.orders.archive`: the database ends at the first point. */
function namespace(text: string | undefined, access: Access): Touch[] {
  const [, database, name] = /^([^.]+)\.(.+)$/s.exec(text ?? '') ?? [];
  return database === undefined || name === undefined ? [] : [{ kind: 'collection', name, access, database }];
}
