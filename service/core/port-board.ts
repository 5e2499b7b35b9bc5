import type { Ports, PortTypes } from "./ports.ts";

/** Keeps what the rooms offer to each other; cleared when they are opened again. */
export function portBoard(): Ports & { clear(): void } {
  const offered = new Map<keyof PortTypes, unknown>();
  return {
    provide: (name, port) => void offered.set(name, port),
    find: <K extends keyof PortTypes>(name: K) => offered.get(name) as PortTypes[K] | undefined,
    clear: () => offered.clear(),
  };
}
