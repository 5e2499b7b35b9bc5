import type { Migration } from "../core/store/store.ts";

/** Tables of this room. What is searched has a column; the rest is one JSON document. */
export const cmsMigrations: readonly Migration[] = [
  {
    id: "0001-rules-targets-contacts-groups-tags",
    sql: `
      CREATE TABLE cms_rules (
        position INTEGER PRIMARY KEY,
        rule_id TEXT NOT NULL UNIQUE,
        document TEXT NOT NULL
      ) STRICT;
      CREATE TABLE cms_targets (
        position INTEGER PRIMARY KEY,
        rule_id TEXT NOT NULL,
        target_id TEXT NOT NULL,
        document TEXT NOT NULL,
        UNIQUE (rule_id, target_id)
      ) STRICT;
      CREATE TABLE cms_contacts (
        position INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        document TEXT NOT NULL
      ) STRICT;
      CREATE TABLE cms_contact_groups (
        position INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        document TEXT NOT NULL
      ) STRICT;
      CREATE TABLE cms_group_tags (
        group_id TEXT NOT NULL,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (group_id, key)
      ) STRICT;
    `,
  },
];
