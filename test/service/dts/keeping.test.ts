import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startService } from "../../support/service.ts";
import { callerOf } from "./support/clients.ts";
import {
  type DtsService,
  declaredSource,
  detailOf,
  groupIds,
  groupOf,
  PASSWORD,
  runningInstance,
  startDts,
} from "./support/service.ts";
import { until } from "./support/wait.ts";

const running: { stop(): Promise<void> }[] = [];
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dts-keeping-"));
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function started(options: Parameters<typeof startDts>[0] = {}): Promise<DtsService> {
  const dts = await startDts(options);
  running.push(dts);
  return dts;
}

describe("what is kept", () => {
  it("survives kill -9, and a task that was starting goes on", async () => {
    const service = await startService({ asProcess: true, dataDir: folder, settings: { waitScale: 1 } });
    running.push(service);
    const call = callerOf("openapi-client V3", service.url);
    const { instanceId } = await runningInstance(call);
    await call("CreateConsumerChannel", groupOf(instanceId));
    await call("SuspendDtsJob", { DtsInstanceId: instanceId });
    await call("StartDtsJob", { DtsInstanceId: instanceId });
    await service.kill9();
    await service.restart();
    await until(
      () => detailOf(call, instanceId),
      (detail) => detail.Status === "Normal",
    );
    expect(await groupIds(call, instanceId)).toHaveLength(1);
  });

  it("is in a snapshot and comes back with it", async () => {
    const { service, call } = await started();
    const { instanceId } = await runningInstance(call);
    await call("CreateConsumerChannel", groupOf(instanceId));
    const snapshot = await service.admin("GET", "snapshot");
    await service.admin("POST", "reset");
    await expect(detailOf(call, instanceId)).rejects.toMatchObject({ code: "Forbidden.InstanceNotFound" });
    await service.admin("POST", "restore", snapshot);
    expect(await groupIds(call, instanceId)).toHaveLength(1);
    await call("SuspendDtsJob", { DtsInstanceId: instanceId });
  });

  it("shows no password in files, logs, snapshots, journal and answers", async () => {
    const { service, call } = await started({ dataDir: folder, memory: false });
    const { instanceId } = await runningInstance(call);
    const { ConsumerGroupID } = await call("CreateConsumerChannel", groupOf(instanceId));
    await call("ModifyConsumerChannel", {
      DtsInstanceId: instanceId,
      ConsumerGroupId: ConsumerGroupID,
      ConsumerGroupPassword: "Changed-pw-7",
    });
    await call(
      "CreateConsumerChannel",
      groupOf(instanceId, { ConsumerGroupPassword: "refusedpassword" }),
    ).catch(() => undefined);
    const answers = JSON.stringify([
      await detailOf(call, instanceId),
      await call("DescribeDtsJobs", { JobType: "SUBSCRIBE" }),
      await call("DescribeConsumerChannel", { DtsInstanceId: instanceId }),
      await service.admin("GET", "snapshot"),
      await service.admin("GET", "status"),
      await service.admin("GET", "journal"),
    ]);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
      .join();
    for (const secret of [
      PASSWORD,
      "Changed-pw-7",
      "refusedpassword",
      declaredSource.SourceEndpointPassword,
    ]) {
      expect(answers).not.toContain(secret);
      expect(service.logs()).not.toContain(secret);
      expect(files).not.toContain(secret);
    }
  });
});

describe("the status page", () => {
  it("counts, and names the sources that are declared only", async () => {
    const { service, call } = await started();
    const { instanceId } = await runningInstance(call);
    await call("CreateConsumerChannel", groupOf(instanceId));
    await call("CreateDtsInstance", { Type: "SUBSCRIBE", PayType: "PostPaid" });
    const status = JSON.stringify(await service.admin("GET", "status"));
    expect(status).toContain('"byStatus":{"Normal":1,"NotConfigured":1}');
    expect(status).toContain(`"declaredOnly":[{"instanceId":"${instanceId}","source":"rm-bp1"}]`);
    expect(status).toContain('"brokers":{"addresses":"none"}');
  });

  it("gives configured broker addresses to consumers", async () => {
    const brokers = { public: "127.0.0.1:9092" };
    const { call } = await started({ settings: { rooms: { dts: { brokers } } } });
    const { instanceId } = await runningInstance(call);
    expect(await detailOf(call, instanceId)).toMatchObject({
      SubscriptionHost: {
        PublicHost: "127.0.0.1:9092",
        PrivateHost: "127.0.0.1:9092",
        VpcHost: "127.0.0.1:9092",
      },
    });
  });
});

describe("a seed", () => {
  const seed = (text: string) => {
    const path = join(folder, "seed.yaml");
    writeFileSync(path, text);
    return { settings: { seedPath: path } };
  };

  it("makes instances that run, with their groups and tags, before the service is ready", async () => {
    const { call, kernel } = await started(
      seed(`
dts:
  instances:
    - name: orders
      region: cn-shanghai
      source: { engine: MySQL, instanceId: rm-1, database: shop }
      objects: { shop: { name: shop, all: true } }
      tags: { team: a }
      groups:
        - { name: billing, account: billing_1, password: Pass-word-9 }
        - { name: search, account: search_1, password: Pass-word-9 }
`),
    );
    const listed = await call("DescribeDtsJobs", { JobType: "SUBSCRIBE", Region: "cn-shanghai" });
    expect(listed.DtsJobList).toMatchObject([
      { DtsJobName: "orders", Status: "Normal", TagList: [{ TagKey: "team", TagValue: "a" }] },
    ]);
    const [{ DtsInstanceID }] = listed.DtsJobList as [{ DtsInstanceID: string }];
    const [first] = await groupIds(call, DtsInstanceID);
    expect(kernel.ports.find("tracking")?.authenticate(String(first), "billing_1", "Pass-word-9")).toBe(true);
  });

  it.each([
    [
      "a group that breaks a rule",
      "groups: [{ name: g, account: a-b, password: Pass-word-9 }]",
      /instances\[0\]\.groups\[0\]\.account: .*\[DTS-5\]/,
    ],
    ["an unknown member", "colour: red", /instances\[0\].*colour/],
    [
      "a source that does not answer",
      "source: { engine: PostgreSQL, host: 127.0.0.1, port: 1 }",
      /instances\[0\] \(orders\): CHECK_CONN_SRC/,
    ],
  ])("stops the start with the place of %s", async (_, line, message) => {
    const source = line.startsWith("source") ? "" : "      source: { instanceId: rm-1 }\n";
    const text = `dts:\n  instances:\n    - name: orders\n      objects: { shop: {} }\n${source}      ${line}\n`;
    await expect(startDts(seed(text))).rejects.toThrow(message);
  });
});
