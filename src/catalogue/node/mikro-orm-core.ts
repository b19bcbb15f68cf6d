import { mikroOrm, mikroOrmServer } from '../families/mikro-orm.js';

export default mikroOrm(['@mikro-orm/core', '@mikro-orm/oracledb', '@mikro-orm/mssql'], mikroOrmServer('database'));
