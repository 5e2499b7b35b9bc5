import { afterEach, expect, it } from "vitest";
import { productOf, wayProblem } from "../../../../provider/runtime/host/probe.ts";
import { makeSession } from "../../../../provider/runtime/host/session.ts";
import { startService } from "../../../support/service.ts";
import { type Listening, plainServer, tcpServer } from "../../support/servers.ts";

/* One short look at address and keys in a run. */

const open: Listening[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
const sessionAt = (endpoint: string, keys: Record<string, string> = {}) => {
  const config: Record<string, string> = { "changetracking:endpoint": endpoint, ...keys };
  return makeSession({ read: (key) => config[key], environment: {} });
};

it("every product of the service answers it, once in a run", async () => {
  const service = await startService();
  try {
    for (const product of ["dts", "eventbridge", "cms", "iot", "ons", "rocketmq"] as const) {
      expect([product, await wayProblem(sessionAt(service.url), product, "cn-hangzhou")]).toEqual([
        product,
        undefined,
      ]);
    }
    const session = sessionAt(service.url);
    await Promise.all([1, 2, 3].map(() => wayProblem(session, "dts", undefined)));
    await wayProblem(session, "cms", "cn-beijing");
    // Six runs that asked for one product each, and one that wanted to know four times.
    const { calls } = (await service.admin("GET", "journal")) as { calls: unknown[] };
    expect(calls).toHaveLength(7);
    const wrong = { "changetracking:accessKeyId": "local", "changetracking:accessKeySecret": "wr0ng" };
    expect(await wayProblem(sessionAt(service.url, wrong), "dts", undefined)).toMatch(
      /refuses the keys: SignatureDoesNotMatch.*changetracking:accessKeySecret.*\[KeysRefused\]$/,
    );
  } finally {
    await service.stop();
  }
});

it.each([
  [200, '{"hello":"world"}', /no request id \[NotTheService\]$/],
  [400, '{"code":"Whatever","message":"m"}', /no request id \[NotTheService\]$/],
  [403, '{"Code":"Forbidden.RAM","RequestId":"R"}', undefined],
  [503, '{"Code":"ServiceUnavailable","RequestId":"R"}', undefined],
])("status %i with %s", async (status, body, expected) => {
  const server = await plainServer((_, response) => response.writeHead(status).end(body));
  open.push(server);
  const problem = await wayProblem(sessionAt(`http://127.0.0.1:${server.port}`), "dts", undefined);
  if (expected === undefined) expect(problem).toBeUndefined();
  else expect(problem).toMatch(expected);
});

it("a connection that breaks is tried once more, then named by its code", async () => {
  let accepted = 0;
  const server = await tcpServer((socket) => {
    accepted += 1;
    socket.once("data", () => socket.destroy());
  });
  open.push(server);
  const problem = await wayProblem(sessionAt(`http://127.0.0.1:${server.port}`), "dts", undefined);
  expect(problem).toMatch(/broke before the answer \(ECONNRESET\) \[NoAnswer\]$/);
  expect(accepted).toBeGreaterThan(1);
});

it("the product follows from the resource", () => {
  expect(productOf("ChangeTrackingInstance", {})).toBe("dts");
  expect(productOf("ConsumerGroup", { platform: "rocketmq", version: "4.x" })).toBe("ons");
  expect(productOf("ConsumerGroup", { platform: "rocketmq" })).toBe("rocketmq");
  expect(productOf("ConsumerGroup", { platform: "iot" })).toBe("iot");
  expect(productOf("AlertRule", { product: "iot" })).toBe("cms");
  expect(productOf("InflowTask", {})).toBe("eventbridge");
});
