import { toRule } from './adapter/to-rule.js';

export default toRule('unscoped-query');
