import { instanceTags } from "../core/kit/instance-tags.ts";
import { roomStore } from "../core/kit/room-store.ts";
import { document, documents } from "../core/store/documents.ts";
import type { Store } from "../core/store/store.ts";
import type { Group, Job, JobStatus, MonitorRule } from "./entities.ts";
import { cleanupTable } from "./store-cleanups.ts";
import { positionTable } from "./store-positions.ts";
import { tokenTable } from "./store-tokens.ts";

interface GroupRow {
  group_id: string;
  job_id: string;
  name: string;
  user_name: string;
  password_hash: string;
  created_at_ms: number;
}

const GROUP_COLUMNS = "group_id, job_id, name, user_name, password_hash, created_at_ms";

/** All that this room reads and writes. Callers open the transaction where several steps belong together. */
export const dtsStore = roomStore(tablesOf);

function tablesOf(store: Store) {
  return {
    ...jobTable(store),
    ...groupTable(store),
    ...instanceTags(store, "dts_tags"),
    ...ruleTable(store),
    ...tokenTable(store),
    ...positionTable(store),
    ...cleanupTable(store),
  };
}

function jobTable(store: Store) {
  return {
    insertJob(job: Job): void {
      store.run(
        "INSERT INTO dts_jobs (job_id, instance_id, region, name, status, generation, topic, created_at_ms, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        job.jobId,
        job.instanceId,
        job.region,
        job.name,
        job.status,
        job.generation,
        job.configuration?.topic ?? "",
        job.createdAtMs,
        JSON.stringify(job),
      );
    },
    updateJob(job: Job): void {
      store.run(
        "UPDATE dts_jobs SET name = ?, status = ?, generation = ?, topic = ?, document = ? WHERE job_id = ?",
        job.name,
        job.status,
        job.generation,
        job.configuration?.topic ?? "",
        JSON.stringify(job),
        job.jobId,
      );
    },
    job(jobId: string): Job | undefined {
      return document(store, "SELECT document FROM dts_jobs WHERE job_id = ?", jobId);
    },
    jobOfInstance(instanceId: string): Job | undefined {
      return document(store, "SELECT document FROM dts_jobs WHERE instance_id = ?", instanceId);
    },
    /** Oldest first. */
    jobs(): Job[] {
      return documents(store, "SELECT document FROM dts_jobs ORDER BY created_at_ms, rowid");
    },
    jobsIn(statuses: readonly JobStatus[]): Job[] {
      const marks = statuses.map(() => "?").join(", ");
      return documents(store, `SELECT document FROM dts_jobs WHERE status IN (${marks})`, ...statuses);
    },
    topicTaken(topic: string, exceptJobId: string): boolean {
      return (
        store.get("SELECT 1 AS one FROM dts_jobs WHERE topic = ? AND job_id <> ?", topic, exceptJobId) !==
        undefined
      );
    },
    countJobsByStatus(): Record<string, number> {
      const rows = store.all<{ status: string; n: number }>(
        "SELECT status, count(*) AS n FROM dts_jobs GROUP BY status ORDER BY status",
      );
      return Object.fromEntries(rows.map((row) => [row.status, row.n]));
    },
    /** Takes the job with its groups, tags and rules. */
    deleteJob(job: Job): void {
      store.transaction(() => {
        store.run("DELETE FROM dts_groups WHERE job_id = ?", job.jobId);
        store.run("DELETE FROM dts_positions WHERE job_id = ?", job.jobId);
        store.run("DELETE FROM dts_monitor_rules WHERE job_id = ?", job.jobId);
        store.run("DELETE FROM dts_tags WHERE instance_id = ?", job.instanceId);
        store.run("DELETE FROM dts_client_tokens WHERE job_id = ?", job.jobId);
        store.run("DELETE FROM dts_jobs WHERE job_id = ?", job.jobId);
      });
    },
  };
}

function groupTable(store: Store) {
  return {
    insertGroup(group: Group): void {
      store.run(
        `INSERT INTO dts_groups (${GROUP_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`,
        group.groupId,
        group.jobId,
        group.name,
        group.userName,
        group.passwordHash,
        group.createdAtMs,
      );
    },
    updateGroup(group: Group): void {
      store.run(
        "UPDATE dts_groups SET name = ?, user_name = ?, password_hash = ? WHERE group_id = ?",
        group.name,
        group.userName,
        group.passwordHash,
        group.groupId,
      );
    },
    group(groupId: string): Group | undefined {
      const row = store.get<GroupRow>(`SELECT ${GROUP_COLUMNS} FROM dts_groups WHERE group_id = ?`, groupId);
      return row && toGroup(row);
    },
    /** The group whose name or account would clash inside the job, other than `exceptGroupId`. */
    clashingGroup(jobId: string, name: string, userName: string, exceptGroupId: string): Group | undefined {
      const row = store.get<GroupRow>(
        `SELECT ${GROUP_COLUMNS} FROM dts_groups WHERE job_id = ? AND (name = ? OR user_name = ?) AND group_id <> ?`,
        jobId,
        name,
        userName,
        exceptGroupId,
      );
      return row && toGroup(row);
    },
    /** Oldest first; `limit` and `offset` cut one page. */
    groups(jobId: string, limit = -1, offset = 0): Group[] {
      return store
        .all<GroupRow>(
          `SELECT ${GROUP_COLUMNS} FROM dts_groups WHERE job_id = ? ORDER BY created_at_ms, rowid LIMIT ? OFFSET ?`,
          jobId,
          limit,
          offset,
        )
        .map(toGroup);
    },
    countGroups(jobId?: string): number {
      const row =
        jobId === undefined
          ? store.get<{ n: number }>("SELECT count(*) AS n FROM dts_groups")
          : store.get<{ n: number }>("SELECT count(*) AS n FROM dts_groups WHERE job_id = ?", jobId);
      return row?.n ?? 0;
    },
    deleteGroup(groupId: string): void {
      store.run("DELETE FROM dts_groups WHERE group_id = ?", groupId);
      store.run("DELETE FROM dts_positions WHERE group_id = ?", groupId);
    },
    deleteGroupsOf(jobId: string): void {
      store.run("DELETE FROM dts_groups WHERE job_id = ?", jobId);
      store.run("DELETE FROM dts_positions WHERE job_id = ?", jobId);
    },
  };
}

function ruleTable(store: Store) {
  return {
    rules(jobId: string): MonitorRule[] {
      return documents(store, "SELECT document FROM dts_monitor_rules WHERE job_id = ? ORDER BY type", jobId);
    },
    putRule(rule: MonitorRule): void {
      store.run(
        "INSERT INTO dts_monitor_rules (job_id, type, document) VALUES (?, ?, ?) ON CONFLICT (job_id, type) DO UPDATE SET document = excluded.document",
        rule.jobId,
        rule.type,
        JSON.stringify(rule),
      );
    },
    deleteRulesOf(jobId: string): void {
      store.run("DELETE FROM dts_monitor_rules WHERE job_id = ?", jobId);
    },
  };
}

function toGroup(row: GroupRow): Group {
  return {
    groupId: row.group_id,
    jobId: row.job_id,
    name: row.name,
    userName: row.user_name,
    passwordHash: row.password_hash,
    createdAtMs: row.created_at_ms,
  };
}
