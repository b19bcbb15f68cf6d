import { twins } from './twins.js';

twins('leaked-mock');
