import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { stopChild } from "../../tools/ps.ts";
import type { ReaderAccess } from "./captured.ts";

const READ_MS_MAX = 600_000;

export interface ReadOrder {
  readonly access: ReaderAccess;
  readonly rows: number;
  /** Rows begin with the time at which they were written; else every record counts. */
  readonly isTimed: boolean;
  /** Rows at the beginning that are not part of the figures. */
  readonly leftOut: number;
}

export interface ReadReport {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Reads in a process of its own; `ready` is called when it begins. Rejects when it is not done within ten minutes. */
export async function readRows(order: ReadOrder, ready: () => void): Promise<ReadReport> {
  const child = fork(fileURLToPath(new URL("reader.ts", import.meta.url)), { stdio: "inherit" });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ReadReport>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`not read within ${READ_MS_MAX / 1000} s`)), READ_MS_MAX);
      child.on("message", (said: { ready?: boolean; report?: ReadReport; failed?: string }) => {
        if (said.ready) ready();
        else if (said.report) resolve(said.report);
        else reject(new Error(`the reader failed: ${said.failed}`));
      });
      child.once("exit", () => reject(new Error("the reader ended without a report")));
      child.send(order);
    });
  } finally {
    clearTimeout(timer);
    await stopChild(child);
  }
}
