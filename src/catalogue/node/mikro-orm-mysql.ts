import { mikroOrm, mikroOrmServer } from '../families/mikro-orm.js';

export default mikroOrm(['@mikro-orm/mysql', '@mikro-orm/mariadb'], mikroOrmServer('mysql'));
