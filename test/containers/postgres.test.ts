import { twinsOn } from '../truth/twins.js';

twinsOn('postgres');
