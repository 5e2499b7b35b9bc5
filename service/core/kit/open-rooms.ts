import { migrate } from "../store/migrate.ts";
import {
  checkSnapshot,
  readSnapshot,
  resetTables,
  restoreTables,
  type Snapshot,
  takeSnapshot,
} from "../store/snapshot.ts";
import type { ClosableStore } from "../store/sqlite-store.ts";
import type { Vault } from "../store/vault.ts";
import type { Kernel } from "./kernel.ts";
import type { portBoard } from "./port-board.ts";
import type { ProductRoom } from "./product-room.ts";
import { forgetSeeds } from "./seed-file.ts";

/** Opens, seeds, closes and empties all rooms together. */
export interface Rooms {
  readonly list: readonly ProductRoom[];
  open(): void;
  close(): Promise<void>;
  /** Each part goes to the room of its name. Throws for a name that no room has, and with what a room refuses. */
  seed(parts: Readonly<Record<string, unknown>>): Promise<void>;
  status(): Record<string, object>;
  /** Empties every table of the rooms; the next start seeds them again. */
  reset(): Promise<void>;
  snapshot(): Snapshot;
  /** Throws an Error that says why when this is no snapshot that could be restored here. */
  readSnapshot(given: unknown): Snapshot;
  /** Throws an Error that says why when the snapshot does not fit; then nothing has changed. */
  restore(snapshot: Snapshot): Promise<void>;
}

interface RoomsParts {
  readonly rooms: readonly ProductRoom[];
  readonly kernel: Kernel;
  readonly store: ClosableStore;
  readonly ports: ReturnType<typeof portBoard>;
  /** Names the vault's key; a snapshot sealed with another cannot be opened. */
  readonly keyFingerprint: string;
}

export function openRooms(parts: RoomsParts): Rooms {
  const { rooms, kernel, store, ports, keyFingerprint } = parts;
  const owners = rooms.map((room) => room.name);
  let opened: { name: string; close(): void | Promise<void> }[] = [];
  // One commit for all: a first start then waits for the disk once.
  store.transaction(() => {
    for (const room of rooms) migrate(store, room.name, room.migrations, kernel.clock.now());
  });

  function open(): void {
    for (const room of rooms) {
      const handle = room.open?.(kernel);
      if (handle) opened.push({ name: room.name, close: () => handle.close() });
    }
  }

  async function close(): Promise<void> {
    const closing = opened.reverse();
    opened = [];
    for (const { name, close: closeRoom } of closing) {
      try {
        await closeRoom();
      } catch (error) {
        kernel.log.error("room.closeFailed", { room: name, reason: (error as Error).message });
      }
    }
    ports.clear();
  }

  /** Rooms are closed while their tables change, and opened again whatever happens. */
  async function whileClosed(work: () => void): Promise<void> {
    await close();
    try {
      work();
    } finally {
      open();
    }
  }

  return {
    list: rooms,
    open,
    close,
    async seed(given) {
      for (const name of Object.keys(given)) {
        const room = rooms.find((one) => one.name === name);
        if (!room?.seed)
          throw new Error(`${name}: no product of this name takes seeds; known: ${seedable(rooms)}`);
      }
      for (const room of rooms) {
        if (Object.hasOwn(given, room.name)) await room.seed?.(kernel, given[room.name]);
      }
    },
    status: () => Object.fromEntries(rooms.map((room) => [room.name, room.status?.(kernel) ?? {}])),
    reset: () =>
      whileClosed(() => {
        store.transaction(() => {
          leaving(parts, () => resetTables(store, owners));
          forgetSeeds(store);
        });
      }),
    snapshot: () => ({
      ...takeSnapshot(store, owners, keyFingerprint),
      leftOut: rooms.flatMap((room) => room.leftOut?.(kernel) ?? []),
    }),
    readSnapshot: (given) => readSnapshot(given, keyFingerprint),
    async restore(snapshot) {
      checkSnapshot(store, owners, snapshot, (sealed) => canUnseal(kernel.vault, sealed));
      await close();
      try {
        exchange(parts, snapshot, open);
      } catch (error) {
        await close();
        open();
        throw error;
      }
    },
  };
}

/**
 * One step for those who look from outside, and for a process that is killed: the tables are exchanged and the rooms
 * opened on them in one transaction, so what a room cannot go on with undoes the whole.
 */
function exchange(parts: RoomsParts, snapshot: Snapshot, open: () => void): void {
  const { rooms, kernel, store } = parts;
  const owners = rooms.map((room) => room.name);
  store.transaction(() => {
    leaving(parts, () => restoreTables(store, owners, snapshot));
    open();
    for (const room of rooms) room.status?.(kernel);
  });
}

/** Changes what the tables hold; the rooms see to what they have outside of them, in the same transaction. */
function leaving({ rooms, kernel }: RoomsParts, change: () => void): void {
  const left = rooms.map((room) => room.leave?.(kernel));
  change();
  for (const seeTo of left) seeTo?.();
}

function canUnseal(vault: Vault, sealed: string): boolean {
  try {
    vault.open(sealed);
    return true;
  } catch {
    return false;
  }
}

function seedable(rooms: readonly ProductRoom[]): string {
  return rooms.flatMap((room) => (room.seed ? [room.name] : [])).join(", ") || "none";
}
