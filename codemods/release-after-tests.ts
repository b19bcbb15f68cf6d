import { toTransform } from './harness/to-transform.js';

export default toTransform('release-after-tests');
