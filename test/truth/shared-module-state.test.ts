import { twins } from './twins.js';

twins('shared-module-state');
