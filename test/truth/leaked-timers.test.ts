import { twins } from './twins.js';

twins('leaked-timers');
