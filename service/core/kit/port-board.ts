import type { PortLists, Ports, PortTypes } from "./ports.ts";

/** Keeps what the rooms offer to each other; cleared when they are opened again. */
export function portBoard(): Ports & { clear(): void } {
  const offered = new Map<keyof PortTypes, unknown>();
  const lists = new Map<keyof PortLists, unknown[]>();
  return {
    provide: (name, port) => void offered.set(name, port),
    find: <K extends keyof PortTypes>(name: K) => offered.get(name) as PortTypes[K] | undefined,
    add(name, port) {
      const list = lists.get(name);
      if (list) list.push(port);
      else lists.set(name, [port]);
    },
    all: <K extends keyof PortLists>(name: K) => (lists.get(name) ?? []) as PortLists[K][],
    clear() {
      offered.clear();
      lists.clear();
    },
  };
}
