/** What is found out of an object, once for each object, and forgotten with it. */
export function remembered<K extends WeakKey, T>(find: (of: K) => T): (of: K) => T {
  const found = new WeakMap<K, { readonly value: T }>();
  return (of) => {
    const known = found.get(of) ?? { value: find(of) };
    found.set(of, known);
    return known.value;
  };
}
