import { Ajv, type ErrorObject } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { definitionsSchema, SCHEMA_ID } from "../../../provider/definitions/index.ts";
import { group, ORDERS, readAll } from "./support.ts";

const validate = new Ajv({
  allErrors: true,
  strict: true,
  allowUnionTypes: true,
  strictRequired: false,
}).compile(definitionsSchema());

function complaints(text: string): string[] {
  validate(parse(text));
  return (validate.errors ?? []).map(({ instancePath, message, params }: ErrorObject) =>
    [instancePath, message, params.additionalProperty ?? ""].join(" ").trim(),
  );
}

const alert = (more: string) => `alerts:
  lag:
    trigger: { statistic: Maximum, comparison: ">", threshold: 5, times: 1 }
    contactGroups: [on-call]
${more}`;

/** Files that are right. */
const GOOD: Readonly<Record<string, string>> = {
  nothing: "{}",
  "empty maps": "owner: me\ngroups:\ntasks: {}",
  "an instance with everything": `instances:
  orders:
    name: Orders
    region: cn-hangzhou
    source:
      engine: MySQL
      accessMethod: LocalInstance
      host: db.example.com
      port: 3306
      user: tracker
      password: { config: sourcePassword }
    objects: { shop: { tables: all }, crm: { tables: [customers] } }
    dataTypes: { dml: true, ddl: false }
    network: { vpcId: vpc-1, vSwitchId: vsw-1 }
    startAt: 2026-01-02T03:04:05Z
    payType: PrePaid
    period: { unit: Month, count: 3 }
    tags: { team: payments }
    timeouts: { create: 60 }
`,
  "groups of every platform": `${ORDERS}groups:
${group("billing")}  by-id: { platform: changeTracking, instance: { id: dtsl5m }, account: a, password: { env: CHANGE_TRACKING_SECRET_PW } }
  GID_5:
    platform: rocketmq
    version: "5.x"
    instance: rmq-1
    deliveryOrder: ordered
    retryPolicy: { type: fixed, intervalSeconds: 60, maxRetries: 3 }
    afterLastRetry: { deadLetterTopic: dead }
  GID_4: { platform: rocketmq, version: "4.x", instance: MQ_INST_1, groupType: http }
  meters: { platform: iot, subscriptions: [{ productKey: a1b2, messageTypes: [deviceData] }] }
`,
  "tasks by name and by id": `${ORDERS}groups:
${group("billing")}tasks:
  a:
    source: { group: billing, consumerOffset: "2026-06-21 00:00:00" }
    sink:
      version: "5.x"
      instance: rmq-1
      topic: t
      body: { form: template, parameters: { name: $.data.name }, template: "\${name}" }
    batch: { messages: 100, intervalSeconds: 1 }
    filter: { source: [{ prefix: acs }] }
  b:
    source: { instance: { id: dts1 }, groupId: dtsgroup, account: reader, password: { config: pw } }
    sink: { version: "4.x", instance: MQ_INST_1, topic: t }
    state: paused
`,
  "alerts of every product": `${ORDERS}groups:
${group("billing")}alerts:
  dts:
    product: changeTracking
    metric: ConsumerGroupDelay
    range: { kind: instances, instance: orders, groups: [billing, { id: dtsother }] }
    trigger: { statistic: Maximum, comparison: ">", threshold: 5, times: 1 }
    contactGroups: [on-call]
    callbackUrl: { config: hook }
    effectivePeriod: 08:00-20:00
  all:
    product: rocketmq
    metric: ConsumerLag
    range: { kind: all }
    trigger: { statistic: Sum, comparison: aboveYesterday, threshold: 50, times: 3 }
    contactGroups: [on-call]
    methods: [warn, info]
    periodSeconds: 120
`,
};

describe("the JSON Schema of definitions", () => {
  it("has its address and closes every object that knows its names", () => {
    const schema = definitionsSchema();
    expect([schema.$id, schema.$schema]).toEqual([SCHEMA_ID, "http://json-schema.org/draft-07/schema#"]);
    const open: string[] = [];
    const walk = (part: unknown, path: string): void => {
      if (typeof part !== "object" || part === null) return;
      const { type, properties, additionalProperties } = part as Record<string, unknown>;
      if (type === "object" && properties !== undefined && additionalProperties === undefined)
        open.push(path);
      for (const [key, one] of Object.entries(part)) walk(one, `${path}/${key}`);
    };
    walk(schema, "");
    // Its members are those of its platform.
    expect(open).toEqual(["/definitions/group"]);
  });

  it.each(Object.entries(GOOD))("takes what the checks take: %s", (_, text) => {
    expect(readAll(text).problems).toEqual([]);
    expect(complaints(text)).toEqual([]);
  });

  it.each([
    ["a map that is not there", "group: {}", " must NOT have additional properties group"],
    [
      "an input that is not there",
      ORDERS.replace("objects:", "colour: red\n    objects:"),
      "/instances/orders must NOT have additional properties colour",
    ],
    [
      "a missing input",
      `${ORDERS}groups:\n${group("a").replace(" account: a,", "")}`,
      "/groups/a must have required property 'account'",
    ],
    [
      "DTS-4",
      `${ORDERS}groups:\n${group("a").replace("account: a", "account: a234567890123456x")}`,
      "/groups/a/account must NOT have more than 16 characters",
    ],
    [
      "DTS-5",
      `${ORDERS}groups:\n${group("a").replace("account: a", "account: a-b")}`,
      '/groups/a/account must match pattern "^[A-Za-z0-9_]*$"',
    ],
    [
      "a literal secret",
      ORDERS.replace("{ config: source }", "Sourc3-pw-5512"),
      "/instances/orders/source/password must be object",
    ],
    [
      "a platform",
      "groups:\n  a: { platform: kafka }",
      "/groups/a/platform must be equal to one of the allowed values",
    ],
    [
      "RMQ-6",
      `groups:\n  GID_a: { platform: rocketmq, version: "4.x", instance: MQ_INST_1, deliveryOrder: ordered }`,
      "/groups/GID_a/deliveryOrder boolean schema is false",
    ],
    [
      "MQ-2",
      GOOD["tasks by name and by id"]?.replace("messages: 100", "messages: 10001") ?? "",
      "/tasks/a/batch/messages must be <= 10000",
    ],
    [
      "a group and its instance",
      GOOD["tasks by name and by id"]?.replace("group: billing,", "group: billing, instance: orders,") ?? "",
      "/tasks/a/source/instance boolean schema is false",
    ],
    [
      "ALR-4",
      alert("    product: iot\n    metric: ConsumerLag\n    range: { kind: all }\n"),
      "/alerts/lag/metric must be equal to one of the allowed values",
    ],
    [
      "MQ-6",
      GOOD["tasks by name and by id"]?.replace("state: paused", "accessMethod: RDS") ?? "",
      "/tasks/b must NOT have additional properties accessMethod",
    ],
    [
      "a number as a text",
      ORDERS.replace("pgm-1", "123"),
      "/instances/orders/source/instanceId must be string",
    ],
  ])("refuses what the checks refuse: %s", (_, text, complaint) => {
    expect(readAll(text).problems).not.toEqual([]);
    expect(complaints(text)).toContain(complaint.trim());
  });

  it("describes every input, with what a change does, and names no way that only programs have", () => {
    const text = JSON.stringify(definitionsSchema());
    expect(text).not.toMatch(/resource or its id|as resource|"onChange"|"filledIn"|"only":/);
    expect(text).toContain("A change replaces it.");
    const bare: string[] = [];
    const ofSchema = (part: object, path: string): void => {
      for (const [key, one] of Object.entries(part)) {
        if (key === "if" || key === "then" || typeof one !== "object" || one === null) continue;
        if (key === "properties" || key === "definitions")
          ofNames(one, `${path}/${key}`, key === "properties");
        else ofSchema(one, `${path}/${key}`);
      }
    };
    const ofNames = (parts: object, path: string, isInput: boolean): void => {
      for (const [name, one] of Object.entries(parts)) {
        if (isInput && one.description === undefined) bare.push(`${path}/${name}`);
        ofSchema(one, `${path}/${name}`);
      }
    };
    ofSchema(definitionsSchema(), "");
    expect(bare).toEqual([]);
  });
});
