import { mikroOrm, mikroOrmServer } from '../families/mikro-orm.js';

export default mikroOrm(['@mikro-orm/core'], mikroOrmServer('database'));
