import { describe, expect, it } from "vitest";
import { definitionsOf } from "../../../provider/export/definitions.ts";
import type { FoundAll } from "../../../provider/export/found.ts";

const NOTHING: FoundAll = { instances: [], tasks: [], alerts: [], leftOut: [] };
const instance = (id: string, name: string, groups: FoundAll["tasks"] = []) => ({
  id,
  inputs: { name, source: { engine: "MySQL", password: "never" } },
  groups,
});
const group = (id: string, name: string) => ({
  id,
  inputs: { name, platform: "changeTracking", instance: "dts1", account: "a", password: "never" },
});

describe("definitionsOf", () => {
  it("makes a file of each instance with its groups, which name it; passwords are keys of the configuration", () => {
    const { files, secrets } = definitionsOf({
      ...NOTHING,
      instances: [instance("dts1", "orders", [group("g1", "billing")])],
    });
    expect(files).toEqual({
      "orders.yaml": {
        instances: {
          orders: {
            source: { engine: "MySQL", password: { config: "ordersSourcePassword" } },
            adoptExisting: true,
          },
        },
        groups: {
          billing: {
            platform: "changeTracking",
            instance: "orders",
            account: "a",
            password: { config: "billingPassword" },
            adoptExisting: true,
          },
        },
      },
    });
    expect(secrets).toEqual(["billingPassword", "ordersSourcePassword"]);
  });

  it("gives names that are no paths, each once whatever the case, and keeps what things are called", () => {
    const { files } = definitionsOf({
      ...NOTHING,
      instances: ["../../etc/x", "Orders", "orders", "", "///", "订单 EU"].map((name, at) =>
        instance(`dts${at}`, name),
      ),
      tasks: [{ id: "tasks", inputs: { name: "tasks", source: { instance: "dts9", groupId: "g9" } } }],
    });
    expect(Object.keys(files)).toEqual([
      "etc-x.yaml",
      "Orders.yaml",
      "orders-2.yaml",
      "dts3.yaml",
      "dts4.yaml",
      "订单-EU.yaml",
      "tasks.yaml",
    ]);
    expect(files["etc-x.yaml"]?.instances?.["etc-x"]).toMatchObject({ name: "../../etc/x" });
    expect(files["orders-2.yaml"]?.instances?.["orders-2"]).toMatchObject({ name: "orders" });
  });

  it("names definitions where there are some, else ids", () => {
    const { files } = definitionsOf({
      instances: [instance("dts1", "tasks", [group("g1", "billing")])],
      tasks: [
        {
          id: "own",
          inputs: { source: { instance: "dts1", groupId: "g1", account: "a", password: "never" } },
        },
        {
          id: "other",
          inputs: { source: { instance: "dts2", groupId: "g2", account: "b", password: "never" } },
        },
      ],
      alerts: [
        {
          id: "lag",
          inputs: { product: "changeTracking", range: { instance: "dts1", groups: ["g1", "g2"] } },
        },
        { id: "queue", inputs: { product: "rocketmq", range: { instance: "rmq-1" } } },
      ],
      leftOut: [],
    });
    expect(files["tasks-2.yaml"]?.tasks).toEqual({
      own: { source: { group: "billing" }, adoptExisting: true },
      other: {
        source: {
          instance: { id: "dts2" },
          groupId: "g2",
          account: "b",
          password: { config: "otherPassword" },
        },
        adoptExisting: true,
      },
    });
    expect(files["alerts.yaml"]?.alerts).toEqual({
      lag: {
        product: "changeTracking",
        range: { instance: "tasks", groups: ["billing", { id: "g2" }] },
        adoptExisting: true,
      },
      queue: { product: "rocketmq", range: { instance: "rmq-1" }, adoptExisting: true },
    });
  });

  it("writes no callback URL, whose token is a secret, and gives each secret a key of its own", () => {
    const { files, secrets } = definitionsOf({
      ...NOTHING,
      instances: [instance("dts1", "a", [group("g1", "a")])],
      tasks: [{ id: "a", inputs: { source: { instance: "dts9", groupId: "g9" } } }],
      alerts: [{ id: "a", inputs: { product: "iot", callbackUrl: "https://hooks.example/T0ken-71" } }],
    });
    expect(JSON.stringify(files)).not.toContain("T0ken-71");
    expect(files["alerts.yaml"]?.alerts?.a).toMatchObject({ callbackUrl: { config: "aCallbackUrl" } });
    expect(files["tasks.yaml"]?.tasks?.a).toMatchObject({ source: { password: { config: "aPassword-2" } } });
    expect(secrets).toEqual(["aCallbackUrl", "aPassword", "aPassword-2", "aSourcePassword"]);
  });

  it("names files so that check reads them and file systems take them", () => {
    const names = Object.keys(
      definitionsOf({
        ...NOTHING,
        instances: ["Pulumi", "Pulumi.dev", "Pulumis", "Tasks", "订".repeat(300)].map((name, at) =>
          instance(`dts${at}`, name),
        ),
        tasks: [{ id: "t", inputs: { source: { groupId: "g9" } } }],
      }).files,
    );
    expect(names.slice(0, 4)).toEqual([
      "instance-Pulumi.yaml",
      "instance-Pulumi.dev.yaml",
      "Pulumis.yaml",
      "Tasks.yaml",
    ]);
    expect(names[4]).toMatch(/^订{60,}\.yaml$/);
    expect(Buffer.byteLength(names[4] ?? "")).toBeLessThan(255);
    expect(names[5]).toBe("tasks-2.yaml");
  });
});
