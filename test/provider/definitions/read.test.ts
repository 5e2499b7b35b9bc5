import { describe, expect, it } from "vitest";
import { DefinitionReference, SecretReference } from "../../../provider/definitions/index.ts";
import { brief, group, ORDERS, readAll } from "./support.ts";

describe("definitions over files", () => {
  it("are read from all files, with references in any direction, in the order in which they are made", () => {
    const { definitions, problems, files } = readAll({
      "teams/a.yaml": `owner: team-a\ngroups:\n${group("billing")}`,
      "teams/b/c.yml": ORDERS,
      "teams/d.yaml": `tasks:
  flow:
    source: { group: billing }
    sink: { version: "5.x", instance: rmq-1, topic: orders }
alerts:
  lag:
    product: changeTracking
    metric: ConsumerGroupDelay
    range: { kind: instances, instance: orders, groups: [billing, { id: dtsold }] }
    trigger: { statistic: Maximum, comparison: ">", threshold: 5, times: 1 }
    contactGroups: [on-call]
    callbackUrl: { env: CHANGE_TRACKING_SECRET_HOOK }
`,
    });
    expect(files).toEqual(["teams/a.yaml", "teams/b/c.yml", "teams/d.yaml"]);
    expect(problems).toEqual([]);
    expect(definitions.map(({ map, name, owner, file, line }) => [map, name, owner, file, line])).toEqual([
      ["instances", "orders", "teams/b/c.yml", "teams/b/c.yml", 2],
      ["groups", "billing", "team-a", "teams/a.yaml", 3],
      ["tasks", "flow", "teams/d.yaml", "teams/d.yaml", 2],
      ["alerts", "lag", "teams/d.yaml", "teams/d.yaml", 6],
    ]);
    const [orders, billing, , lag] = definitions.map((one) => one.inputs);
    expect(orders?.source).toMatchObject({ password: new SecretReference("config", "source") });
    expect(billing?.instance).toEqual(new DefinitionReference("instances", "orders"));
    expect(lag?.range).toMatchObject({ groups: [new DefinitionReference("groups", "billing"), "dtsold"] });
    expect(lag?.callbackUrl).toEqual(new SecretReference("env", "CHANGE_TRACKING_SECRET_HOOK"));
  });

  it("DTS-4 and others: all mistakes of all files are told at once, each with its place", () => {
    const { problems } = readAll({
      "teams/a.yaml": `groups:
  one:
    platform: changeTracking
    instance: ordes
    account: billing-reader
    password: { config: group }
    colour: red
  two: { platform: changeTracking, instance: orders, account: two, consumptionMode: sdkDemo }
`,
      "teams/b.yaml": ORDERS,
      "teams/c.yaml": "group:\n  x: {}\n",
    });
    expect(brief(problems)).toEqual([
      "teams/a.yaml:4:15 UnknownReference groups.one",
      "teams/a.yaml:5:14 InvalidInput [DTS-5] groups.one",
      "teams/a.yaml:7:5 InvalidInput groups.one",
      "teams/a.yaml:8:3 InvalidInput [DTS-6] groups.two",
      "teams/c.yaml:1:1 UnknownKey",
    ]);
    expect(problems[0]?.message).toContain("did you mean orders?");
    expect(problems[1]?.excerpt).toEqual({ text: "    account: billing-reader", start: 13, length: 14 });
  });

  it("a name stands once for each kind; the second place names the first", () => {
    const { problems } = readAll({
      "teams/a.yaml": `${ORDERS}groups:\n${group("orders")}`,
      "teams/b.yaml": `groups:\n${group("orders")}`,
    });
    expect(brief(problems)).toEqual(["teams/b.yaml:2:3 DuplicateName groups.orders"]);
    expect(problems[0]?.message).toContain("teams/a.yaml:6 already");
  });

  it("DTS-1: the 21st group of an instance is refused, over files, by name and by id", () => {
    const groups = (from: number, count: number) =>
      Array.from({ length: count }, (_, at) => group(`team${from + at}`)).join("");
    const { problems } = readAll({
      "teams/a.yaml": `${ORDERS}groups:\n${groups(1, 11)}`,
      "teams/b.yaml": `groups:\n${groups(12, 10)}`,
    });
    expect(brief(problems)).toEqual(["teams/b.yaml:11:49 TooManyGroups [DTS-1] groups.team21"]);
    expect(problems[0]?.message).toBe(
      "instance orders must have at most 20 consumer groups, got 21: there is no room for team21",
    );
    const byId = `groups:\n${groups(1, 22)}`.replaceAll("instance: orders", "instance: { id: dts1 }");
    expect(readAll(byId).problems.map((one) => one.definition)).toEqual(["groups.team21", "groups.team22"]);
  });

  it("ALR-5: what may not work in the cloud is a warning, which keeps nothing from being made", () => {
    const { problems } = readAll(`alerts:
  lag:
    product: rocketmq
    metric: ConsumerLag
    range: { kind: all }
    trigger: { statistic: Sum, comparison: ">", threshold: 5, times: 1 }
    contactGroups: [on-call]
    muteSeconds: 600
`);
    expect(brief(problems)).toEqual(["teams/a.yaml:2:3 Warning [ALR-5] alerts.lag"]);
    expect(problems[0]).toMatchObject({
      severity: "warning",
      message: expect.stringMatching(/may refuse it$/),
    });
  });

  it("accounts and names within an instance, regions, and readers of a group: as the preview has them", () => {
    const { problems } = readAll({
      "teams/a.yaml": `${ORDERS}    region: cn-shanghai
groups:
${group("one")}${group("two", ", name: one").replace("account: two", "account: one")}${group("three", ", region: cn-beijing")}`,
      "teams/b.yaml": `tasks:
  a: { source: { group: one }, sink: { version: "5.x", instance: rmq-1, topic: t } }
  b: { source: { group: one }, sink: { version: "5.x", instance: rmq-1, topic: t }, region: cn-hangzhou }
`,
    });
    expect(problems.map(({ definition, message, rule }) => [definition, rule, message])).toEqual([
      [
        "groups.two",
        undefined,
        expect.stringMatching(
          /^account must be unique .* the resource one \(teams\/a.yaml:7\) has "one" too$/,
        ),
      ],
      ["groups.two", undefined, expect.stringMatching(/^name must be unique/)],
      [
        "groups.three",
        undefined,
        "region must be that of the change tracking instance, cn-shanghai, got cn-beijing",
      ],
      [
        "tasks.b",
        "DTS-2",
        expect.stringMatching(/^source must name a consumer group that no other inflow task reads/),
      ],
      ["tasks.b", "MQ-18", expect.stringMatching(/cn-shanghai, got cn-hangzhou$/)],
    ]);
  });
});
