import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { Listeners } from "../../../service/rocketmq/threads/listeners.ts";
import { MemoryBackend } from "../../support/messaging/memory-backend.ts";

const CLOSING_MS = 100;

it("many listeners end beside each other, each within the time that it gives its clients", async () => {
  let open = 0;
  const listeners = new Listeners({
    settings: { host: "127.0.0.1", firstPort: 18_000, advertised: undefined },
    start: async ({ host, port }) => {
      open += 1;
      return {
        host,
        port,
        async close() {
          await sleep(CLOSING_MS);
          open -= 1;
        },
      };
    },
    note: () => undefined,
    changed: () => undefined,
  });
  for (let at = 0; at < 50; at += 1) await listeners.open(`rmq-${at}`, new MemoryBackend(), undefined);
  // One more is just being started.
  const last = listeners.open("rmq-last", new MemoryBackend(), undefined);
  const sinceMs = performance.now();
  await listeners.closeAll();
  await last;
  expect(open).toBe(0);
  expect(performance.now() - sinceMs).toBeLessThan(10 * CLOSING_MS);
});
