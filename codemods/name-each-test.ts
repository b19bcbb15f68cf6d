import { toTransform } from './harness/to-transform.js';

export default toTransform('name-each-test');
