/** `a, b and c`. */
export const listText = (items: readonly string[]): string => (items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)!}`);

/** Calls, names or paths as a sentence has them; a few of many. */
export function listed(codes: readonly string[]): string {
  const quoted = [...new Set(codes)].map((code) => `\`${code}\``);
  return listText(quoted.length > 3 ? [...quoted.slice(0, 3), `${quoted.length - 3} more`] : quoted);
}
