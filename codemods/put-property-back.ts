import { toTransform } from './harness/to-transform.js';

export default toTransform('put-property-back');
