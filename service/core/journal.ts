/** One answered call. Holds no parameters, so no secrets. */
export interface JournalEntry {
  readonly time: string;
  readonly requestId: string;
  readonly product: string;
  readonly action: string;
  readonly accessKeyId: string;
  readonly httpStatus: number;
  /** The error code, or `OK`. */
  readonly code: string;
  readonly ms: number;
}

export interface Journal {
  add(entry: JournalEntry): void;
  /** Newest first. */
  recent(entriesMax?: number): JournalEntry[];
  readonly total: number;
  clear(): void;
}

/** The last `entriesMax` calls; older ones are overwritten. */
export function openJournal(entriesMax: number): Journal {
  let ring: JournalEntry[] = [];
  let total = 0;
  return {
    add(entry) {
      ring[total % entriesMax] = entry;
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
