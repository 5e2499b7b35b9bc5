/** The zone in which the product writes and reads its times. */
const ZONE_MS = 8 * 3_600_000;

/** `yyyy-MM-dd HH:mm:ss`, Beijing time. */
export function timeText(ms: number): string {
  return new Date(ms + ZONE_MS).toISOString().slice(0, 19).replace("T", " ");
}

/** Milliseconds of such a text; undefined when it is none or no day of the calendar. */
export function timeOf(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return undefined;
  const ms = Date.parse(`${text.replace(" ", "T")}Z`) - ZONE_MS;
  return Number.isNaN(ms) || timeText(ms) !== text ? undefined : ms;
}
