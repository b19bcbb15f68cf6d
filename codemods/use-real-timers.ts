import { toTransform } from './harness/to-transform.js';

export default toTransform('use-real-timers');
