import { createHash } from "node:crypto";
import type { CaptureJob } from "../capture.ts";

/** Real replicas are numbered from 1 up, or by their addresses; these stay away from small numbers. */
const LOWEST = 0x4000_0000;
const COUNT = 0x4000_0000;

/** The number of this job's reader among the server's replicas: always the same, so that a stale one is replaced. */
export function replicaIdOf({ serviceId, jobId }: Pick<CaptureJob, "serviceId" | "jobId">): number {
  const digest = createHash("sha256").update(`${serviceId}\0${jobId}`).digest();
  return LOWEST + (digest.readUInt32BE(0) % COUNT);
}
