/**
 * Remembers which nonces were used. A signed time is good for 15 minutes both ways, so a nonce is kept for at
 * least twice that. Only 64-bit fingerprints are kept, in two generations of bounded size: a full generation
 * is rotated early, so under a load of millions of calls the memory stays bounded and the window shrinks.
 */
export interface Nonces {
  /** True when the pair was not seen before; it is then remembered. */
  take(accessKeyId: string, nonce: string): boolean;
  /** Makes sure that a restart knows what was taken. To be called before an answer leaves. */
  keep(): void;
  readonly size: number;
  clear(): void;
}

/** Where fingerprints go so that a restart still knows them. */
export interface NonceJournal {
  append(high: number, low: number): void;
  /** Writes what was appended; when it returns, a killed process has left it behind. */
  flush(): void;
  /** Forgets everything but what is appended from now on and the generation before it. */
  rotate(): void;
  clear(): void;
  /** Fingerprints that are younger than `nonceMsMin`. */
  replay(see: (high: number, low: number) => void): void;
}

/** A nonce is remembered for at least this long: the clock window both ways. */
export const nonceMsMin = 30 * 60 * 1000;
const entriesMaxDefault = 2 ** 21;
const slotsFirst = 2 ** 12;

export function openNonces(
  now: () => number,
  journal?: NonceJournal,
  entriesMax: number = entriesMaxDefault,
): Nonces {
  let current = fingerprintSet();
  let previous = fingerprintSet();
  let startedMs = now();
  journal?.replay((high, low) => {
    // What was seen before a restart stays for a whole generation more.
    if (previous.size < entriesMax) previous.add(high, low);
  });

  function rotate(): void {
    previous = current;
    current = fingerprintSet();
    startedMs = now();
    journal?.rotate();
  }

  return {
    take(accessKeyId, nonce) {
      const elapsedMs = now() - startedMs;
      // A clock that was put back makes old times valid again, so nothing is forgotten for it.
      if (elapsedMs < 0) startedMs = now();
      if (elapsedMs >= nonceMsMin || current.size >= entriesMax) rotate();
      const high = hash32(accessKeyId, nonce, 0x811c9dc5);
      // Zero marks an empty slot.
      const low = hash32(nonce, accessKeyId, 0x9e3779b9) || 1;
      if (previous.has(high, low) || !current.add(high, low)) return false;
      journal?.append(high, low);
      return true;
    },
    keep: () => journal?.flush(),
    get size() {
      return current.size + previous.size;
    },
    clear() {
      current = fingerprintSet();
      previous = fingerprintSet();
      journal?.clear();
    },
  };
}

interface FingerprintSet {
  has(high: number, low: number): boolean;
  /** False when it was there. */
  add(high: number, low: number): boolean;
  readonly size: number;
}

/** Open addressing over one typed array of pairs; doubled when half full. */
function fingerprintSet(): FingerprintSet {
  let slots = slotsFirst;
  let table = new Uint32Array(slots * 2);
  let size = 0;

  /** Index of the pair, or of the empty slot where it belongs. */
  function slotOf(high: number, low: number): number {
    let slot = (high ^ low) & (slots - 1);
    for (let tries = 0; tries < slots; tries += 1) {
      const at = slot * 2;
      if (table[at + 1] === 0 || (table[at] === high && table[at + 1] === low)) return at;
      slot = (slot + 1) & (slots - 1);
    }
    throw new RangeError("the fingerprint table is full");
  }

  function grow(): void {
    const old = table;
    slots *= 2;
    table = new Uint32Array(slots * 2);
    for (let at = 0; at < old.length; at += 2) {
      const low = old[at + 1] ?? 0;
      if (low !== 0) table.set([old[at] ?? 0, low], slotOf(old[at] ?? 0, low));
    }
  }

  return {
    has: (high, low) => table[slotOf(high, low) + 1] !== 0,
    add(high, low) {
      const at = slotOf(high, low);
      if (table[at + 1] !== 0) return false;
      table[at] = high;
      table[at + 1] = low;
      size += 1;
      if (size * 2 > slots) grow();
      return true;
    },
    get size() {
      return size;
    },
  };
}

/** FNV-1a over both texts with a separator, mixed at the end; only verified callers reach it. */
function hash32(first: string, second: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < first.length; i += 1) hash = Math.imul(hash ^ first.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ 0x1ffff, 0x01000193);
  for (let i = 0; i < second.length; i += 1) hash = Math.imul(hash ^ second.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
