import { toTransform } from './harness/to-transform.js';

export default toTransform('put-env-back');
