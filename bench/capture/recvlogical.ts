import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { findOnPath } from "../../tools/paths.ts";
import { mustRun } from "../../tools/ps.ts";
import { endedChildrenSeconds } from "../harness/cpu.ts";
import { BenchSkipped } from "../harness/skipped.ts";
import type { BenchSource } from "../plane/source.ts";

const INSTALLED = "/usr/lib/postgresql";
const NAME = "pg_recvlogical";
const RECEIVE_MS_MAX = 300_000;

/** PostgreSQL's own receiver of logical changes: writes what the source sends into a file. */
export function findReceiver(): string {
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED).map(Number) : [];
  const candidates = versions
    .sort((a, b) => b - a)
    .map((version) => join(INSTALLED, String(version), "bin", NAME));
  const found = candidates.find((path) => existsSync(path)) ?? findOnPath(NAME);
  if (found === undefined) throw new BenchSkipped(`needs ${NAME} (apt install postgresql-client)`);
  return found;
}

export interface Took {
  readonly seconds: number;
  /** Undefined where there is no /proc. */
  readonly processorSeconds: number | undefined;
}

/** Receives through the slot, by pgoutput, up to `endLsn`; fsyncs each ten seconds as it does by default. */
export async function receive(
  receiver: string,
  source: BenchSource,
  { slot, publication, endLsn, file }: { slot: string; publication: string; endLsn: string; file: string },
): Promise<Took> {
  const place = ["-h", "127.0.0.1", "-p", String(source.server.port), "-U", source.user];
  const options = ["-o", "proto_version=1", "-o", `publication_names=${publication}`];
  const what = [
    "-d",
    source.database,
    "--slot",
    slot,
    "--start",
    "--endpos",
    endLsn,
    "--no-loop",
    "-f",
    file,
  ];
  const before = endedChildrenSeconds();
  const { durationMs } = await mustRun(receiver, [...place, ...what, ...options], {
    env: { ...process.env, PGPASSWORD: source.server.password },
    timeoutMs: RECEIVE_MS_MAX,
  });
  const after = endedChildrenSeconds();
  const processorSeconds = before === undefined || after === undefined ? undefined : after - before;
  return { seconds: durationMs / 1000, processorSeconds };
}
