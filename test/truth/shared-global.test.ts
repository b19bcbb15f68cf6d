import { twins } from './twins.js';

twins('shared-global');
