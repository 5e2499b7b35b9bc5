import { createHash } from "node:crypto";
import type { CaptureJob } from "../capture.ts";

/** Each name of what a job has in its source; PostgreSQL cuts names behind 63 bytes, so they are shorter. */
export interface SourceNames {
  readonly slot: string;
  readonly publication: string;
  /** Its event triggers begin with this. */
  readonly trigger: string;
  /** Holds the functions of the event triggers and nothing else. */
  readonly schema: string;
  /** Of the logical messages that carry DDL. */
  readonly messagePrefix: string;
}

/** The same for the same service and job, so that what an earlier start made is found again; only `[a-z0-9_]`. */
export function namesOf({ serviceId, jobId }: Pick<CaptureJob, "serviceId" | "jobId">): SourceNames {
  const readable = jobId
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .slice(0, 24);
  const digest = createHash("sha256").update(`${serviceId}\0${jobId}`).digest("hex").slice(0, 12);
  const name = `change_tracking_${readable}_${digest}`;
  return { slot: name, publication: name, trigger: name, schema: name, messagePrefix: name };
}

/** `text` as an identifier of a statement. */
export function quoteName(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** `text` as a literal of a statement, whatever standard_conforming_strings says. */
export function quoteText(text: string): string {
  const doubled = text.replaceAll("'", "''");
  return text.includes("\\") ? `E'${doubled.replaceAll("\\", "\\\\")}'` : `'${doubled}'`;
}
