import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root } from "../../tools/paths.ts";
import { iotByHand, queuesByHand } from "../provider/support/groups.ts";
import { withStack } from "../support/e2e.ts";
import { startService, type TestService } from "../support/service.ts";
import { did } from "./support/ground.ts";

const folder = join(root, "examples/consumer-groups");

let service: TestService;
let settings: Record<string, string>;

beforeAll(async () => {
  service = await startService();
  const prepare = [join(folder, "prepare.js"), service.url];
  const { stdout } = await promisify(execFile)(process.execPath, prepare, { timeout: 60_000 });
  settings = Object.fromEntries(
    stdout
      .trim()
      .split("\n")
      .map((line) => line.split("=") as [string, string]),
  );
});
afterAll(() => service.stop());

it("the example: up, change in place, refresh, destroy, with a look at what the service holds", async () => {
  const config = {
    "changetracking:endpoint": service.url,
    ...settings,
    groupPassword: { secret: "Gr0up-pw-7391" },
  };
  const things = iotByHand(service, "cn-hangzhou");
  const queues = queuesByHand(service);
  const { rocketmq5 = "", rocketmq4 = "", meters = "", valves = "" } = settings;
  await withStack({ program: folder, config, project: "consumer-groups" }, async (stack) => {
    const preview = await stack.preview();
    expect(preview.errors).toEqual([]);
    expect(await things.idOf("运维组")).toBeUndefined();

    const up = await stack.up();
    expect(up.errors).toEqual([]);
    expect(up.changed.map((step) => step.op)).toEqual(Array(6).fill("create"));
    const operations = await things.idOf("运维组");
    const archive = await things.idOf("archive");
    expect((await things.groupsOf(meters))?.toSorted()).toEqual([operations, archive].toSorted());
    expect(await queues.group5(rocketmq5, "GID_billing")).toMatchObject({
      deliveryOrderType: "Concurrently",
      consumeRetryPolicy: { deadLetterTargetTopic: "dead-letters" },
    });
    expect(await queues.groups4(rocketmq4)).toEqual(["GID_search"]);
    const outputs = (await stack.outputs()) as {
      ids: Record<string, string>;
      howToConnect: Record<string, { protocol: string; userName: string }>;
    };
    expect(outputs.ids).toMatchObject({ operations, archive, billing: "GID_billing", search: "GID_search" });
    expect(Object.values(outputs.howToConnect).map((one) => one.protocol)).toEqual(
      expect.arrayContaining(["Kafka (SASL/PLAIN)", "RocketMQ 5 gRPC", "RocketMQ 4 remoting", "AMQP 1.0"]),
    );
    expect(outputs.howToConnect.audit?.userName).toBe(`audit_reader-${outputs.ids.audit}`);
    expect(did(await stack.up())).toEqual([]);

    await stack.run(["config", "set", "grown", "true"]);
    const grown = await stack.up();
    expect(grown.errors).toEqual([]);
    expect(did(grown)).toEqual(["GID_billing update", "operations update"]);
    expect(await things.idOf("运维_二组")).toBe(operations);
    expect(await things.groupsOf(valves)).toEqual([operations]);
    expect(await queues.group5(rocketmq5, "GID_billing")).toMatchObject({ deliveryOrderType: "Orderly" });
    expect(did(await stack.refresh())).toEqual([]);

    expect((await stack.destroy()).errors).toEqual([]);
    expect(await things.groupsOf(meters)).toBeUndefined();
    expect(await things.groupsOf(valves)).toBeUndefined();
    expect(await things.idOf("archive")).toBeUndefined();
    expect(await queues.group5(rocketmq5, "GID_billing")).toBeUndefined();
    expect(await queues.groups4(rocketmq4)).toEqual([]);
  });
});
