import type { Migration } from "../core/store/store.ts";

/** Tables of this room. What is searched has a column; the rest is one JSON document. */
export const rocketmqMigrations: readonly Migration[] = [
  {
    id: "0001-instances-topics-groups-access",
    sql: `
      CREATE TABLE rocketmq_instances (
        instance_id TEXT PRIMARY KEY,
        status TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL,
        document TEXT NOT NULL
      ) STRICT;
      CREATE TABLE rocketmq_topics (
        instance_id TEXT NOT NULL,
        name TEXT NOT NULL,
        status TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL,
        document TEXT NOT NULL,
        PRIMARY KEY (instance_id, name)
      ) STRICT;
      CREATE TABLE rocketmq_groups (
        instance_id TEXT NOT NULL,
        name TEXT NOT NULL,
        status TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL,
        document TEXT NOT NULL,
        PRIMARY KEY (instance_id, name)
      ) STRICT;
      CREATE TABLE rocketmq_accounts (
        instance_id TEXT NOT NULL,
        username TEXT NOT NULL,
        document TEXT NOT NULL,
        PRIMARY KEY (instance_id, username)
      ) STRICT;
      CREATE TABLE rocketmq_acls (
        instance_id TEXT NOT NULL,
        username TEXT NOT NULL,
        resource_type TEXT NOT NULL,
        resource_name TEXT NOT NULL,
        document TEXT NOT NULL,
        PRIMARY KEY (instance_id, username, resource_type, resource_name)
      ) STRICT;
      CREATE TABLE rocketmq_addresses (
        instance_id TEXT NOT NULL,
        address TEXT NOT NULL,
        PRIMARY KEY (instance_id, address)
      ) STRICT;
      CREATE TABLE rocketmq_tags (
        instance_id TEXT NOT NULL,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (instance_id, key)
      ) STRICT;
      CREATE TABLE rocketmq_client_tokens (
        token TEXT PRIMARY KEY,
        instance_id TEXT NOT NULL,
        digest TEXT NOT NULL
      ) STRICT;
    `,
  },
];
