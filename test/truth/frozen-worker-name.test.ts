import { twins } from './twins.js';

twins('frozen-worker-name');
