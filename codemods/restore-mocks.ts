import { toTransform } from './harness/to-transform.js';

export default toTransform('restore-mocks');
