import type { RegionSource } from "./region.ts";

/** One answered call. Holds no parameters, so no secrets. */
interface JournalEntry {
  readonly time: string;
  readonly requestId: string;
  readonly product: string;
  readonly action: string;
  readonly accessKeyId: string;
  readonly httpStatus: number;
  /** The error code, or `OK`. */
  readonly code: string;
  readonly region: string;
  readonly regionFrom: RegionSource;
  readonly ms: number;
}

export interface Journal {
  add(entry: JournalEntry): void;
  /** Newest first. */
  recent(entriesMax?: number): JournalEntry[];
  readonly total: number;
  clear(): void;
}

const STRING_CHARS_MAX = 200;

/** The last `entriesMax` calls; older ones are overwritten. */
export function openJournal(entriesMax: number): Journal {
  let ring: JournalEntry[] = [];
  let total = 0;
  return {
    add(entry) {
      ring[total % entriesMax] = kept(entry);
      total += 1;
    },
    recent(wanted = entriesMax) {
      const count = Math.min(wanted, ring.length);
      return Array.from({ length: count }, (_, i) => ring[(total - 1 - i) % entriesMax] as JournalEntry);
    },
    get total() {
      return total;
    },
    clear() {
      ring = [];
      total = 0;
    },
  };
}

/** The action of a refused call, and any region that was named, are whatever was sent. */
function kept(entry: JournalEntry): JournalEntry {
  const { action, code, region, regionFrom } = entry;
  if (code !== "OK") {
    return { ...entry, action: copyOf(action), code: copyOf(code), region: copyOf(region) };
  }
  return regionFrom === "setting" ? entry : { ...entry, region: copyOf(region) };
}

/** The beginning of a string as a string of its own: a slice would keep the whole request in memory. */
function copyOf(text: string): string {
  return Buffer.from(text.slice(0, STRING_CHARS_MAX)).toString();
}
