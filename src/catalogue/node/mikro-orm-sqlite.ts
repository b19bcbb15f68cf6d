import { mikroOrm } from '../families/mikro-orm.js';

export default mikroOrm(['@mikro-orm/sqlite', '@mikro-orm/better-sqlite', '@mikro-orm/libsql'], {
  kind: 'sqlite',
  name: ['arg0.dbName'],
  privateNames: [':memory:', ''],
});
