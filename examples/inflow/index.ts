import * as pulumi from "@pulumi/pulumi";
import { ChangeTrackingInstance, ConsumerGroup, InflowTask } from "pulumi-change-tracking";

/*
 * Inserts and updates of one database go to a RocketMQ topic, which `prepare.js` makes. Then try, each with a preview
 * first: `pulumi config set messages 10001`, `pulumi config set state paused`, another groupPassword, or a bodyPath
 * that is no JSONPath.
 */
const config = new pulumi.Config();

const orders = new ChangeTrackingInstance("orders", {
  region: "cn-hangzhou",
  source: {
    engine: "MySQL",
    accessMethod: "RDS",
    instanceId: config.get("sourceInstance") ?? "rm-orders",
    user: "reader",
    password: config.requireSecret("sourcePassword"),
  },
  objects: { shop: { tables: ["orders"] } },
});

/** Read by the task alone: a group has one consumer. */
const toQueue = new ConsumerGroup("to-queue", {
  platform: "changeTracking",
  instance: orders,
  account: "to_queue",
  password: config.requireSecret("groupPassword"),
});

/** Region, account and password are those of the group; the task is deleted before it. */
const task = new InflowTask("orders-to-queue", {
  description: config.get("description") ?? "Orders for the warehouse",
  source: { group: toQueue },
  batch: { messages: config.getNumber("messages") ?? 100, intervalSeconds: 3 },
  filter: { data: { operationType: ["INSERT", "UPDATE"] } },
  sink: {
    version: "5.x",
    instance: config.require("queueInstance"),
    topic: config.require("topic"),
    body: { form: "dataExtraction", path: config.get("bodyPath") ?? "$.data.afterImage" },
    properties: {
      form: "template",
      parameters: { table: "$.data.schema.tableName", id: "$.data.id" },
      template: `{"TABLE":"\${table}","RECORD":"\${id}"}`,
    },
    tag: { form: "dataExtraction", path: "$.data.operationType" },
  },
  retryPolicy: "exponentialDecay",
  errorsTolerance: "ALL",
  state: config.get("state") === "paused" ? "paused" : "running",
});

export const status = task.status;
export const accessMethod = task.accessMethod;
export const sourceInstanceId = task.sourceInstanceId;
export const metrics = task.metrics;
