import type { Migration } from "../core/store/store.ts";

/** Tables of this room. What is searched has a column; the rest is one JSON document. */
export const onsMigrations: readonly Migration[] = [
  {
    id: "0001-instances-topics-groups-tags",
    sql: `
      CREATE TABLE ons_instances (
        instance_id TEXT PRIMARY KEY,
        region TEXT NOT NULL,
        name TEXT NOT NULL,
        document TEXT NOT NULL,
        UNIQUE (region, name)
      ) STRICT;
      CREATE TABLE ons_topics (
        instance_id TEXT NOT NULL,
        name TEXT NOT NULL,
        document TEXT NOT NULL,
        PRIMARY KEY (instance_id, name)
      ) STRICT;
      CREATE INDEX ons_topics_name ON ons_topics (name);
      CREATE TABLE ons_groups (
        instance_id TEXT NOT NULL,
        name TEXT NOT NULL,
        document TEXT NOT NULL,
        PRIMARY KEY (instance_id, name)
      ) STRICT;
      CREATE INDEX ons_groups_name ON ons_groups (name);
      CREATE TABLE ons_tags (
        type TEXT NOT NULL,
        instance_id TEXT NOT NULL,
        resource_id TEXT NOT NULL,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (type, instance_id, resource_id, key)
      ) STRICT;
    `,
  },
];
