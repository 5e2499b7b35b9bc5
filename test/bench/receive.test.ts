import { expect, it, onTestFinished } from "vitest";
import { startFailingFunction } from "../../bench/inflow/failing.ts";
import { receiveMessages } from "../../bench/inflow/receive.ts";
import { startMessagingListener } from "../../service/rocketmq-grpc/listener.ts";
import { MemoryBackend } from "../support/messaging/memory-backend.ts";

const MESSAGES = 100;
const LATE_MS = 5_000;

it.each(["raw", "official"] as const)(
  "the %s receiver of the bench confirms what it takes, and says how late it came",
  { timeout: 30_000 },
  async (client) => {
    const backend = new MemoryBackend();
    const topic = backend.declareTopic("rows");
    const group = backend.declareGroup("GID_bench");
    const listener = await startMessagingListener({ backend, namespace: "rmq-cn-1" });
    onTestFinished(() => listener.close());
    const body = Buffer.from(`${Date.now() - LATE_MS}.25 ${"x".repeat(100)}`);
    const wire = { bodyDigestType: 1, bodyDigest: "", bodyEncoding: 1 };
    const rest = { body, keys: [], properties: {}, bornAtMs: Date.now(), bornHost: "127.0.0.1:0", wire };
    const ids = Array.from({ length: MESSAGES }, (_, at) => `01${String(at).padStart(32, "0")}`);
    await backend.send(
      topic,
      ids.map((messageId) => ({ messageId, ...rest })),
    );
    const access = { address: `127.0.0.1:${listener.port}` };
    const report = await receiveMessages({ access, topic, group, messages: MESSAGES, leftOut: 40, client });
    expect(report.p50Ms).toBeGreaterThanOrEqual(LATE_MS);
    expect(report.p99Ms).toBeLessThan(LATE_MS + 30_000);
    expect(report.messagesPerSecond).toBeGreaterThan(0);
  },
);

it("the function of the bench fails each batch, and counts them", async () => {
  const failing = await startFailingFunction();
  onTestFinished(() => failing.stop());
  for (const body of ["[]", "[1]"]) {
    expect((await fetch(failing.url, { method: "POST", body })).status).toBe(500);
  }
  expect(failing.calls()).toBe(2);
});
