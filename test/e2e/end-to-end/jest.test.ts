import { prove } from './prove.js';
import { suites } from './suite.js';

prove(suites().filter(({ name }) => name.startsWith('jest-')));
