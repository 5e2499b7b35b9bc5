const DIGITS_IN_WORD = 9;
/** Bytes that so many digits take. */
const DIGIT_BYTES = [0, 1, 1, 2, 2, 3, 3, 4, 4, 4];

/** How many bytes such a number takes. */
export function decimalBytes(precision: number, scale: number): number {
  return bytesOf(precision - scale) + bytesOf(scale);
}

/**
 * Nine digits in each 4 bytes big-endian, fewer in as few as they need: those before the point from the right, those behind
 * it from the left. The highest bit is set for numbers that are not negative; of negative ones all bits are turned over.
 */
export function decimalText(source: Buffer, start: number, precision: number, scale: number): string {
  const isNegative = (source.readUInt8(start) & 0x80) === 0;
  let at = start;
  const next = (digits: number): number => {
    const bytes = DIGIT_BYTES[digits] as number;
    let raw = source.readUIntBE(at, bytes);
    if (at === start) raw = (raw ^ (0x80 << (8 * (bytes - 1)))) >>> 0;
    at += bytes;
    return isNegative ? 2 ** (8 * bytes) - 1 - raw : raw;
  };
  const whole = precision - scale;
  let text = "";
  for (
    let left = whole, digits = whole % DIGITS_IN_WORD || DIGITS_IN_WORD;
    left > 0;
    left -= digits, digits = DIGITS_IN_WORD
  ) {
    const value = next(digits);
    if (text !== "") text += String(value).padStart(digits, "0");
    else if (value !== 0) text = String(value);
  }
  text ||= "0";
  if (scale > 0) text += ".";
  for (let left = scale; left > 0; left -= DIGITS_IN_WORD) {
    const digits = Math.min(left, DIGITS_IN_WORD);
    text += String(next(digits)).padStart(digits, "0");
  }
  return isNegative ? `-${text}` : text;
}

function bytesOf(digits: number): number {
  return Math.floor(digits / DIGITS_IN_WORD) * 4 + (DIGIT_BYTES[digits % DIGITS_IN_WORD] as number);
}
