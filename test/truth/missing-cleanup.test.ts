import { twins } from './twins.js';

twins('missing-cleanup');
