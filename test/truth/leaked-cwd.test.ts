import { twins } from './twins.js';

twins('leaked-cwd');
