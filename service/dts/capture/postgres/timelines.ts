import type { Client } from "pg";
import { parseLsn } from "./position.ts";

/** The history of a timeline: for each timeline before it the LSN at which it was left. Asked of a walsender. */
export async function timelineHistory(walsender: Client, timeline: number): Promise<string> {
  const { rows } = await walsender.query<{ content: unknown }>(`TIMELINE_HISTORY ${timeline}`);
  return String(rows[0]?.content ?? "");
}

/** Where a timeline was left; undefined when it is none of the history. Lines: number, LSN, reason, split by tabs. */
export function leftTimelineAt(history: string, timeline: number): number | undefined {
  for (const line of history.split("\n")) {
    const [number, lsn] = line.trim().split(/\s+/);
    if (number === String(timeline) && lsn !== undefined) return parseLsn(lsn);
  }
  return undefined;
}
