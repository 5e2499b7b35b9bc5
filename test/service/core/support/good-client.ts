import { parentPort, workerData } from "node:worker_threads";
import { rpcParams, signedQuery } from "./raw.ts";

/*
 * A well-behaved client on a thread of its own: whatever the attacker beside it does for itself, building bodies
 * among it, does not stand in these times. Ends with the first message, and answers it with what it has seen.
 */
interface Given {
  readonly url: string;
  readonly key: { readonly accessKeyId: string; readonly accessKeySecret: string };
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Seen {
  /** Milliseconds of each call, in order. */
  readonly times: readonly number[];
  /** Codes of the calls that were refused. */
  readonly failed: readonly string[];
}

const PAUSE_MS = 5;
const { url, key, action, parameters } = workerData as Given;
let isOn = true;
parentPort?.once("message", () => {
  isOn = false;
});

const times: number[] = [];
const failed: string[] = [];
while (isOn) {
  const startedMs = performance.now();
  const query = signedQuery("GET", rpcParams(key, action, parameters), key.accessKeySecret);
  try {
    const { Code } = (await (await fetch(`${url}/?${query}`)).json()) as { Code?: string };
    if (Code !== undefined) failed.push(Code);
  } catch (error) {
    failed.push(String((error as Error).cause ?? error));
  }
  times.push(performance.now() - startedMs);
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
parentPort?.postMessage({ times, failed } satisfies Seen);
