import * as pulumi from "@pulumi/pulumi";
import { ChangeTrackingInstance, ConsumerGroup } from "pulumi-change-tracking";

/*
 * One program with consumer groups on all platforms. The instances and products that it does not make itself come from
 * `prepare.js`, which prints the settings; see README.md.
 */

const config = new pulumi.Config();

/** What the second run changes: delivery order, one more product, another name. */
const grown = config.getBoolean("grown") ?? false;

const orders = new ChangeTrackingInstance("orders", {
  source: {
    engine: "MySQL",
    accessMethod: "RDS",
    instanceId: "rm-1",
    user: "reader",
    password: "Example-pw-1",
  },
  objects: { shop: {} },
});

/** Data Transmission Service: account and password, read with a Kafka client. */
const audit = new ConsumerGroup("audit", {
  platform: "changeTracking",
  instance: orders,
  account: "audit_reader",
  password: config.requireSecret("groupPassword"),
});

/** RocketMQ 5.x: the server takes order, retries and dead letters from the group. */
const billing = new ConsumerGroup("GID_billing", {
  platform: "rocketmq",
  version: "5.x",
  instance: config.require("rocketmq5"),
  deliveryOrder: grown ? "ordered" : "concurrent",
  retryPolicy: grown
    ? { type: "fixed", intervalSeconds: 30, maxRetries: 5 }
    : { type: "default", maxRetries: 16 },
  afterLastRetry: { deadLetterTopic: config.require("deadLetterTopic") },
  remark: "invoices",
});

/** RocketMQ 4.x: order and retries are the client's. */
const search = new ConsumerGroup("GID_search", {
  platform: "rocketmq",
  version: "4.x",
  instance: config.require("rocketmq4"),
});

/** IoT Platform: two groups share the messages of a product, each gets all of them. */
const meters = config.require("meters");
const valves = config.require("valves");
const operations = new ConsumerGroup("operations", {
  platform: "iot",
  name: grown ? "运维_二组" : "运维组",
  subscriptions: [
    { productKey: meters, messageTypes: ["deviceData", "deviceStatus"] },
    ...(grown ? [{ productKey: valves }] : []),
  ],
});
const archive = new ConsumerGroup("archive", {
  platform: "iot",
  subscriptions: [{ productKey: meters, messageTypes: ["deviceData", "deviceStatus"] }],
});

export const ids = Object.fromEntries(
  Object.entries({ audit, billing, search, operations, archive }).map(([name, group]) => [
    name,
    group.groupId,
  ]),
);
/** Protocol, addresses, and the form of the user name. */
export const howToConnect = Object.fromEntries(
  Object.entries({ audit, billing, search, operations, archive }).map(([name, group]) => [
    name,
    group.connection,
  ]),
);
