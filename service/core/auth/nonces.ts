/**
 * Remembers which nonces were used. Nothing is forgotten because time went by: a clock that is put back makes old
 * times valid again. Only 64-bit fingerprints are kept, in two generations of bounded size; when millions of calls
 * have filled both, the older one goes, and with it every call that was signed no later than its last: such a call
 * counts as one that was seen.
 */
export interface Nonces {
  /** True when the pair was not seen before; it is then remembered. `signedMs` is the time that was signed. */
  take(accessKeyId: string, nonce: string, signedMs: number): boolean;
  /** Makes sure that a restart knows what was taken. To be called before an answer leaves. */
  keep(): void;
  readonly size: number;
  clear(): void;
}

/** One nonce that was used. Times are in whole seconds, as they are signed. */
export interface UsedNonce {
  readonly high: number;
  readonly low: number;
  readonly signedSeconds: number;
}

/** Where fingerprints go so that a restart still knows them. */
export interface NonceJournal {
  append(used: UsedNonce): void;
  /** Writes what was appended; when it returns, a killed process has left it behind. */
  flush(): void;
  /** Forgets everything but what is appended from now on and the generation before it. */
  rotate(forgottenSeconds: number): void;
  clear(): void;
  /** Hands back both generations, the older first, and until when calls may have been forgotten. */
  replay(see: (used: UsedNonce, isOlder: boolean) => void): { readonly forgottenSeconds: number };
}

const entriesMaxDefault = 2 ** 21;
const slotsFirst = 2 ** 12;

interface Generation {
  readonly set: FingerprintSet;
  latestSeconds: number;
}

export function openNonces(journal?: NonceJournal, entriesMax: number = entriesMaxDefault): Nonces {
  let current = generation();
  let previous = generation();
  let forgottenSeconds = 0;
  const replayed = journal?.replay((used, isOlder) => add(isOlder ? previous : current, used));
  if (replayed) forgottenSeconds = replayed.forgottenSeconds;

  function rotate(): void {
    forgottenSeconds = Math.max(forgottenSeconds, previous.latestSeconds);
    previous = current;
    current = generation();
    journal?.rotate(forgottenSeconds);
  }

  return {
    take(accessKeyId, nonce, signedMs) {
      const signedSeconds = Math.floor(signedMs / 1000);
      if (signedSeconds <= forgottenSeconds) return false;
      const high = hash32(accessKeyId, nonce, 0x811c9dc5);
      // Zero marks an empty slot.
      const low = hash32(nonce, accessKeyId, 0x9e3779b9) || 1;
      if (current.set.size >= entriesMax) rotate();
      const used = { high, low, signedSeconds };
      if (previous.set.has(high, low) || !add(current, used)) return false;
      journal?.append(used);
      return true;
    },
    keep: () => journal?.flush(),
    get size() {
      return current.set.size + previous.set.size;
    },
    clear() {
      current = generation();
      previous = generation();
      forgottenSeconds = 0;
      journal?.clear();
    },
  };
}

function generation(): Generation {
  return { set: fingerprintSet(), latestSeconds: 0 };
}

/** False when it was there. */
function add(to: Generation, { high, low, signedSeconds }: UsedNonce): boolean {
  if (!to.set.add(high, low)) return false;
  if (signedSeconds > to.latestSeconds) to.latestSeconds = signedSeconds;
  return true;
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
