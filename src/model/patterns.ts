/** The source of a regular expression that fits a text and no other. */
export const escapeRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** `tmp_*` as a regular expression: it fits every text that begins with `tmp_`. */
export const starPattern = (glob: string): RegExp => new RegExp(`^${glob.split('*').map(escapeRegex).join('.*')}$`, 's');
