/** `yyyy-MM-ddTHH:mm:ssZ`, the form of nearly all times of this product. */
export function utcText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

export function utcTextOfSeconds(seconds: number): string {
  return utcText(seconds * 1000);
}

/** The form of a few times: milliseconds and an offset instead of Z. */
export function longTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 23)}+00:00`;
}
