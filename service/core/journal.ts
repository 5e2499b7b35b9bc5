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

const wordCharsMax = 200;

/** The last `entriesMax` calls; older ones are overwritten. */
export function openJournal(entriesMax: number): Journal {
  let ring: JournalEntry[] = [];
  let total = 0;
  return {
    add(entry) {
      // The action of a refused call is whatever was sent.
      ring[total % entriesMax] = entry.code === "OK" ? entry : { ...entry, ...shortened(entry) };
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

function shortened({ action, code }: JournalEntry): Pick<JournalEntry, "action" | "code"> {
  return { action: copyOf(action), code: copyOf(code) };
}

/** The beginning of a text as a text of its own: a slice would keep the whole request in memory. */
function copyOf(text: string): string {
  return Buffer.from(text.slice(0, wordCharsMax)).toString();
}
