import { twins } from './twins.js';

twins('leaked-env');
