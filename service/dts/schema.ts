import type { Migration } from "../core/store/store.ts";

/** Tables of this room. What is searched has a column; the rest of a job is one JSON document. */
export const dtsMigrations: readonly Migration[] = [
  {
    id: "0001-jobs-groups-tags-rules",
    sql: `
      CREATE TABLE dts_jobs (
        job_id TEXT PRIMARY KEY,
        instance_id TEXT NOT NULL UNIQUE,
        region TEXT NOT NULL,
        name TEXT NOT NULL,
        status TEXT NOT NULL,
        generation INTEGER NOT NULL,
        topic TEXT NOT NULL DEFAULT '',
        created_at_ms INTEGER NOT NULL,
        document TEXT NOT NULL
      ) STRICT;
      CREATE INDEX dts_jobs_status ON dts_jobs (status);
      CREATE INDEX dts_jobs_topic ON dts_jobs (topic);
      CREATE TABLE dts_groups (
        group_id TEXT PRIMARY KEY,
        job_id TEXT NOT NULL,
        name TEXT NOT NULL,
        user_name TEXT NOT NULL,
        password_hash TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL,
        UNIQUE (job_id, name),
        UNIQUE (job_id, user_name)
      ) STRICT;
      CREATE TABLE dts_tags (
        instance_id TEXT NOT NULL,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (instance_id, key)
      ) STRICT;
      CREATE TABLE dts_monitor_rules (
        job_id TEXT NOT NULL,
        type TEXT NOT NULL,
        document TEXT NOT NULL,
        PRIMARY KEY (job_id, type)
      ) STRICT;
      CREATE TABLE dts_client_tokens (
        token TEXT PRIMARY KEY,
        job_id TEXT NOT NULL
      ) STRICT;
    `,
  },
  {
    id: "0002-client-token-digests",
    sql: "ALTER TABLE dts_client_tokens ADD COLUMN digest TEXT NOT NULL DEFAULT '';",
  },
  {
    id: "0003-positions-cleanups",
    sql: `
      CREATE TABLE dts_positions (
        group_id TEXT PRIMARY KEY,
        job_id TEXT NOT NULL,
        topic TEXT NOT NULL,
        next_offset INTEGER NOT NULL,
        metadata TEXT NOT NULL,
        seconds INTEGER,
        committed_at_ms INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE dts_cleanups (
        capture_id TEXT PRIMARY KEY,
        document TEXT NOT NULL
      ) STRICT;
    `,
  },
];
