import { expect, it } from "vitest";
import {
  messageBuilder,
  type QueueSink,
} from "../../../../service/eventbridge/inflow/message/message-builder.ts";
import { changesIn, orderEntries } from "./support/changes.ts";

/* Each part of a message in each form that it may have, made of a real event. */

const [event] = changesIn(orderEntries([{ operation: "INSERT", after: { id: 7, name: "Anna" } }])).flatMap(
  (change) => (change.event ? [change.event] : []),
);
const fixed = (Value: string) => ({ Form: "CONSTANT", Value });
const path = (Value: string) => ({ Form: "JSONPATH", Value });
const template = (Value: object, Template: string) => ({
  Form: "TEMPLATE",
  Value: JSON.stringify(Value),
  Template,
});

function built(parts: object, of: unknown = event) {
  const sink = { InstanceId: fixed("rmq-1"), Topic: fixed("orders"), ...parts } as QueueSink;
  const { topic, message } = messageBuilder(sink)(of, "row-key");
  return { topic, ...message, body: Buffer.from(message.body).toString() };
}

it.each([
  ["the whole event unless specified", undefined, JSON.stringify(event)],
  ["complete data", { Form: "ORIGINAL" }, JSON.stringify(event)],
  ["an extracted text as it is", path("$.data.afterImage.row.name"), "Anna"],
  ["an extracted object as JSON", path("$.data.afterImage.row"), '{"id":7,"name":"Anna"}'],
  ["nothing where nothing is found", path("$.data.nothing"), ""],
  ["a fixed value", fixed("ping"), "ping"],
  [
    "a filled template",
    template(
      { id: "$.data.afterImage.row.id", kind: "$.data.operationType", by: "sync" },
      `\${kind} \${id} \${by}`,
    ),
    "INSERT 7 sync",
  ],
])("MQ-8 runtime: the body is %s", (_, Body, body) => {
  expect(built({ Body }).body).toBe(body);
});

it.each([
  ["none unless specified", undefined, {}],
  ["the members of an extracted object", path("$.data.afterImage.row"), { id: "7", name: "Anna" }],
  [
    "those of a template",
    template({ table: "$.data.schema.tableName" }, `{"TABLE":"\${table}","FIXED":"x"}`),
    { TABLE: "orders", FIXED: "x" },
  ],
])("MQ-9 runtime: custom properties are %s", (_, Properties, properties) => {
  expect(built({ Properties }).properties).toEqual(properties);
});

it("MQ-16 runtime: the members of EB_SYS_EMBED_OBJECT are properties of their own", () => {
  const Properties = template(
    { object: "$.data.afterImage.row", kind: "$.data.operationType" },
    `{"EB_SYS_EMBED_OBJECT":"\${object}","kind":"\${kind}"}`,
  );
  expect(built({ Properties }).properties).toEqual({ id: "7", name: "Anna", kind: "INSERT" });
});

it.each([
  ["unset", undefined, [], undefined],
  ["extracted", path("$.data.afterImage.row.id"), ["7"], "7"],
  ["fixed", fixed("k1"), ["k1"], "k1"],
  ["filled", template({ id: "$.data.afterImage.row.id" }, `order-\${id}`), ["order-7"], "order-7"],
  ["nothing where nothing is found", path("$.data.none"), [], undefined],
])("MQ-10 runtime: key and tag are %s", (_, part, keys, tag) => {
  const message = built({ Keys: part, Tags: part });
  expect(message.keys).toEqual(keys);
  expect(message.tag).toBe(tag);
});

it("properties that come to no object, and a topic that comes to nothing, are said", () => {
  expect(() => built({ Properties: path("$.data.operationType") })).toThrow(
    /Properties must come to an object/,
  );
  expect(() => built({ Topic: path("$.data.none") })).toThrow(/Topic names no topic/);
});

it("the topic may be extracted, and an event that a function has routed names its own", () => {
  expect(built({ Topic: path("$.data.schema.tableName") }).topic).toBe("orders");
  expect(built({}, { rocketmqtopic: "audit", a: 1 })).toMatchObject({ topic: "audit", body: '{"a":1}' });
  expect(() => built({}, { rocketmqtopic: 5 })).toThrow(/rocketmqtopic must be the name of a topic/);
});

it("the message group is the row's, one for all where the sink is ordered as a whole, or what is said", () => {
  expect(built({}).messageGroup).toBe("row-key");
  expect(built({ DeliveryOrderType: fixed("Concurrently") }).messageGroup).toBe("row-key");
  expect(built({ DeliveryOrderType: fixed("Orderly") }).messageGroup).toBe("inflow");
  expect(built({ ShardingKey: path("$.data.afterImage.row.name") }).messageGroup).toBe("Anna");
});
