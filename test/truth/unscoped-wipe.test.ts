import { twins } from './twins.js';

twins('unscoped-wipe');
