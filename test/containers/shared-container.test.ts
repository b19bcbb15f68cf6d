import { twins } from '../truth/twins.js';

twins('shared-container');
