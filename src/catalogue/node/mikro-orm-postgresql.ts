import { mikroOrm, mikroOrmServer } from '../families/mikro-orm.js';

export default mikroOrm(['@mikro-orm/postgresql'], mikroOrmServer('postgresql'));
