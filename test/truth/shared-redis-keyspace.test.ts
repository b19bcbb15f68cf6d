import { twins } from './twins.js';

twins('shared-redis-keyspace');
