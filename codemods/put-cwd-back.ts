import { toTransform } from './harness/to-transform.js';

export default toTransform('put-cwd-back');
