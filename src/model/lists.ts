/** `a, b and c`. */
export const listText = (items: readonly string[]): string => (items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)!}`);

/** The first three of many. */
export const few = (items: readonly string[]): string => listText(items.length > 3 ? [...items.slice(0, 3), `${items.length - 3} more`] : items);

/** Calls, names or paths as a sentence has them; a few of many. */
export const listed = (codes: readonly string[]): string => few([...new Set(codes)].map((code) => `\`${code}\``));
