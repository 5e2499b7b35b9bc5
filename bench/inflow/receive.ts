import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { stopChild } from "../../tools/ps.ts";
import type { QueueAccess } from "../plane/queues.ts";

const RECEIVE_MS_MAX = 300_000;

export interface ReceiveOrder {
  readonly access: QueueAccess;
  readonly topic: string;
  readonly group: string;
  readonly messages: number;
  /** Messages at the beginning that are not part of the figures. */
  readonly leftOut: number;
  /** The official client for Node.js, or the published calls as they are, which cost the receiver next to nothing. */
  readonly client: "official" | "raw";
}

export interface ReceiveReport {
  readonly messagesPerSecond: number;
  /** From the write of a row. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Receives in a process of its own; `ready` is called when it begins. Rejects when it is not done within five minutes. */
export async function receiveMessages(
  order: ReceiveOrder,
  ready: () => void = () => undefined,
): Promise<ReceiveReport> {
  const child = fork(fileURLToPath(new URL("receiver.ts", import.meta.url)), { stdio: "inherit" });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ReceiveReport>((resolve, reject) => {
      const late = () => reject(new Error(`not received within ${RECEIVE_MS_MAX / 1000} s`));
      timer = setTimeout(late, RECEIVE_MS_MAX);
      child.on("message", (said: { ready?: boolean; report?: ReceiveReport; failed?: string }) => {
        if (said.ready) ready();
        else if (said.report) resolve(said.report);
        else reject(new Error(`the receiver failed: ${said.failed}`));
      });
      child.once("exit", () => reject(new Error("the receiver ended without a report")));
      child.send(order);
    });
  } finally {
    clearTimeout(timer);
    await stopChild(child);
  }
}
