/** `yyyy-MM-ddTHH:mm:ss.SSSZ`. */
export function isoText(ms: number): string {
  return new Date(ms).toISOString();
}
