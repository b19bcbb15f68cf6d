/** What is found out of an object, once for each object, and forgotten with it. */
export function remembered<K extends WeakKey, T>(find: (of: K) => T): (of: K) => T {
  const found = new WeakMap<K, { readonly value: T }>();
  return (of) => {
    const known = found.get(of);
    if (known) return known.value;
    const value = find(of);
    found.set(of, { value });
    return value;
  };
}

/** The same of a part of an object, once for each key of a part. */
export function rememberedPart<K extends WeakKey, P, T>(find: (of: K, part: P) => T, keyOf: (part: P) => unknown = (part) => part): (of: K, part: P) => T {
  const parts = remembered((_: K) => new Map<unknown, { readonly value: T }>());
  return (of, part) => {
    const [found, key] = [parts(of), keyOf(part)];
    const known = found.get(key);
    if (known) return known.value;
    const value = find(of, part);
    found.set(key, { value });
    return value;
  };
}
