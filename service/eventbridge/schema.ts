import type { Migration } from "../core/store/store.ts";

/** Tables of this room. What is searched has a column; the rest is one JSON document. */
export const eventbridgeMigrations: readonly Migration[] = [
  {
    id: "0001-streams-tags",
    sql: `
      CREATE TABLE eventbridge_streams (
        region TEXT NOT NULL,
        name TEXT NOT NULL,
        status TEXT NOT NULL,
        group_id TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL,
        document TEXT NOT NULL,
        PRIMARY KEY (region, name)
      ) STRICT;
      CREATE INDEX eventbridge_streams_group ON eventbridge_streams (group_id);
      CREATE INDEX eventbridge_streams_status ON eventbridge_streams (status);
      CREATE TABLE eventbridge_tags (
        region TEXT NOT NULL,
        name TEXT NOT NULL,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (region, name, key)
      ) STRICT;
    `,
  },
];
