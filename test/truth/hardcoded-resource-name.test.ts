import { twins } from './twins.js';

twins('hardcoded-resource-name');
