import { toRule } from './adapter/to-rule.js';

export default toRule('leaked-timers');
