import { toTransform } from './harness/to-transform.js';

export default toTransform('use-free-port');
