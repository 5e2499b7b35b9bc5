import * as pulumi from "@pulumi/pulumi";
import { ChangeTrackingInstance, ConsumerGroup, InflowTask } from "pulumi-change-tracking";

/*
 * Inserts and updates of one database go to a RocketMQ topic, which `prepare.js` makes. Then try, each with a preview
 * first: `pulumi config set messages 10001`, `pulumi config set state paused`, another groupPassword, or a bodyPath
 * that is no JSONPath.
 */
const config = new pulumi.Config();

/* With `sourceHost` a PostgreSQL that the local service really captures, as `npm run inflow` has it; else one of RDS. */
const host = config.get("sourceHost");
const password = config.requireSecret("sourcePassword");

const orders = new ChangeTrackingInstance("orders", {
  region: "cn-hangzhou",
  source: host
    ? {
        engine: "PostgreSQL",
        accessMethod: "LocalInstance",
        host,
        port: config.requireNumber("sourcePort"),
        databaseName: "shop",
        user: config.require("sourceUser"),
        password,
      }
    : {
        engine: "MySQL",
        accessMethod: "RDS",
        instanceId: config.get("sourceInstance") ?? "rm-orders",
        user: "reader",
        password,
      },
  objects: { shop: { tables: [host ? "public.orders" : "orders"] } },
});

/** Read by the task alone: a group has one consumer. */
const toQueue = new ConsumerGroup("to-queue", {
  platform: "changeTracking",
  instance: orders,
  account: "to_queue",
  password: config.requireSecret("groupPassword"),
});

const functionArn = config.get("functionArn");

/** Region, account and password are those of the group; the task is deleted before it. */
const task = new InflowTask("orders-to-queue", {
  description: config.get("description") ?? "Orders for the warehouse",
  source: { group: toQueue },
  batch: { messages: config.getNumber("messages") ?? 100, intervalSeconds: 3 },
  filter: { data: { operationType: ["INSERT", "UPDATE"] } },
  // Its URL stands in the local service's settings; `clean.js` is one.
  ...(functionArn === undefined ? {} : { transform: { functionArn } }),
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

/** Takes the messages: three more attempts, 10 s apart, then they are discarded. */
const warehouse = new ConsumerGroup("warehouse", {
  platform: "rocketmq",
  version: "5.x",
  instance: config.require("queueInstance"),
  retryPolicy: { type: "fixed", maxRetries: 3, intervalSeconds: 10 },
  afterLastRetry: "discard",
});

export const messageGroup = warehouse.groupId;
export const status = task.status;
export const accessMethod = task.accessMethod;
export const sourceInstanceId = task.sourceInstanceId;
export const metrics = task.metrics;
