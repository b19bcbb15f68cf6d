import { toRule } from './adapter/to-rule.js';

export default toRule('order-dependent-test');
