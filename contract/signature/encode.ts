const PLAIN = /^[A-Za-z0-9\-_.~]*$/;
const LEFT_BARE = /[!'()*]/g;

/**
 * Percent-encoding of all three signatures: UTF-8, everything but `A-Z a-z 0-9 - _ . ~` as `%XX` in upper
 * case. A lone surrogate becomes U+FFFD, as any UTF-8 encoder writes it.
 */
export function percentEncode(text: string): string {
  if (PLAIN.test(text)) return text;
  return encodeURIComponent(text.toWellFormed()).replace(
    LEFT_BARE,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Order of the UTF-8 bytes, which differs from JavaScript's own order outside the basic plane. */
export function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return weight(x) - weight(y);
  }
  return a.length - b.length;
}

/** Puts surrogates after all other code units, as their four-byte forms sort. */
function weight(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
