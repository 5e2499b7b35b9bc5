import * as pulumi from "@pulumi/pulumi";
import { ChangeTrackingInstance, ConsumerGroup } from "pulumi-change-tracking";

const config = new pulumi.Config();

/** One consumer group for each team: resource to group name. Rename one, add one, or go past twenty, and preview. */
const teams = config.getObject<Record<string, string>>("teams") ?? {
  billing: "billing",
  search: "search",
  audit: "audit",
};

const orders = new ChangeTrackingInstance("orders", {
  region: "cn-hangzhou",
  source: {
    engine: "PostgreSQL",
    accessMethod: "LocalInstance",
    host: config.require("sourceHost"),
    port: config.requireNumber("sourcePort"),
    databaseName: config.require("sourceDatabase"),
    user: config.require("sourceUser"),
    password: config.requireSecret("sourcePassword"),
  },
  objects: { shop: { tables: ["public.orders", "public.customers"] } },
  dataTypes: { dml: true, ddl: true },
});

const groups = Object.entries(teams).map(
  ([team, name]) =>
    new ConsumerGroup(team, {
      platform: "changeTracking",
      instance: orders,
      name,
      account: `${team}_reader`.slice(0, 16),
      password: config.requireSecret("groupPassword"),
      consumptionMode: "kafkaClient",
    }),
);

export const instanceId = orders.instanceId;
export const status = orders.status;
export const topic = orders.topic;
export const brokers = orders.brokers;

/** What a Kafka client sets to read as a team: SASL/PLAIN, group id and user name. */
export const howToConnect = pulumi
  .all(groups.map((group) => pulumi.all([group.name, group.groupId, group.account])))
  .apply((all) =>
    Object.fromEntries(
      all.map(([team, groupId, account]) => [
        team,
        { groupId, username: `${account}-${groupId}`, mechanism: "PLAIN", protocol: "SASL_PLAINTEXT" },
      ]),
    ),
  );
