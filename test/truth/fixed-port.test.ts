import { twins } from './twins.js';

twins('fixed-port');
