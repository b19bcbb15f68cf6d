import { twins } from './twins.js';

twins('order-dependent-test');
