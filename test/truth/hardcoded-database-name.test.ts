import { twins } from './twins.js';

twins('hardcoded-database-name');
