import type { Migration } from "../core/store/store.ts";

/** Tables of this room. What is searched has a column; the rest is one JSON document. */
export const iotMigrations: readonly Migration[] = [
  {
    id: "0001-products-groups-subscriptions-rules",
    sql: `
      CREATE TABLE iot_instances (
        instance_id TEXT PRIMARY KEY,
        region TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE iot_products (
        product_key TEXT PRIMARY KEY,
        instance_id TEXT NOT NULL,
        region TEXT NOT NULL,
        name TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL,
        document TEXT NOT NULL,
        UNIQUE (instance_id, region, name)
      ) STRICT;
      CREATE TABLE iot_groups (
        group_id TEXT PRIMARY KEY,
        instance_id TEXT NOT NULL,
        region TEXT NOT NULL,
        name TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL,
        UNIQUE (instance_id, region, name)
      ) STRICT;
      CREATE TABLE iot_subscriptions (
        product_key TEXT NOT NULL,
        type TEXT NOT NULL,
        document TEXT NOT NULL,
        PRIMARY KEY (product_key, type)
      ) STRICT;
      CREATE TABLE iot_subscription_groups (
        product_key TEXT NOT NULL,
        group_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (product_key, group_id)
      ) STRICT;
      CREATE INDEX iot_subscription_groups_group ON iot_subscription_groups (group_id);
      CREATE TABLE iot_rules (
        rule_id INTEGER PRIMARY KEY,
        instance_id TEXT NOT NULL,
        region TEXT NOT NULL,
        name TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL,
        document TEXT NOT NULL,
        UNIQUE (instance_id, region, name)
      ) STRICT;
      CREATE TABLE iot_rule_actions (
        action_id INTEGER PRIMARY KEY,
        rule_id INTEGER NOT NULL,
        group_id TEXT NOT NULL,
        document TEXT NOT NULL
      ) STRICT;
      CREATE INDEX iot_rule_actions_rule ON iot_rule_actions (rule_id);
      CREATE INDEX iot_rule_actions_group ON iot_rule_actions (group_id);
    `,
  },
];
