import type { Store } from "../store/store.ts";

/** Makes a room's tables once for each store, however often a handler asks for them. */
export function roomStore<T>(open: (store: Store) => T): (store: Store) => T {
  const opened = new WeakMap<Store, T>();
  return (store) => {
    const known = opened.get(store);
    if (known !== undefined) return known;
    const tables = open(store);
    opened.set(store, tables);
    return tables;
  };
}
