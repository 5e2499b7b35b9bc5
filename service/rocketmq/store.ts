import { instanceTags } from "../core/kit/instance-tags.ts";
import { roomStore } from "../core/kit/room-store.ts";
import { document, documents } from "../core/store/documents.ts";
import type { Store } from "../core/store/store.ts";
import type { Group, Instance, Topic } from "./entities.ts";
import { accessTables, type Changed } from "./store-access.ts";

/** All that this room reads and writes. Callers open the transaction where several steps belong together. */
export const rocketmqStore = roomStore(tablesOf);

function tablesOf(store: Store) {
  const watchers = new Set<Changed>();
  const changed: Changed = (instanceId) => {
    for (const watcher of watchers) watcher(instanceId);
  };
  return {
    ...instanceTable(store, changed),
    topics: memberTable<Topic>(store, "rocketmq_topics", (topic) => topic.name, changed),
    groups: memberTable<Group>(store, "rocketmq_groups", (group) => group.groupId, changed),
    ...instanceTags(store, "rocketmq_tags"),
    ...accessTables(store, changed),
    /** Calls `watcher` with each write of an instance, its topics, groups and accounts, while it is under way; returns what ends that. */
    watch(watcher: Changed): () => void {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
  };
}

function instanceTable(store: Store, changed: Changed) {
  return {
    insertInstance(instance: Instance): void {
      store.run(
        "INSERT INTO rocketmq_instances (instance_id, status, created_at_ms, document) VALUES (?, ?, ?, ?)",
        instance.instanceId,
        instance.status,
        instance.createdAtMs,
        JSON.stringify(instance),
      );
      changed(instance.instanceId);
    },
    updateInstance(instance: Instance): void {
      store.run(
        "UPDATE rocketmq_instances SET status = ?, document = ? WHERE instance_id = ?",
        instance.status,
        JSON.stringify(instance),
        instance.instanceId,
      );
      changed(instance.instanceId);
    },
    instance(instanceId: string): Instance | undefined {
      return document(store, "SELECT document FROM rocketmq_instances WHERE instance_id = ?", instanceId);
    },
    /** Oldest first. */
    instances(): Instance[] {
      return documents(store, "SELECT document FROM rocketmq_instances ORDER BY created_at_ms, rowid");
    },
    countInstancesByStatus(): Record<string, number> {
      const rows = store.all<{ status: string; n: number }>(
        "SELECT status, count(*) AS n FROM rocketmq_instances GROUP BY status ORDER BY status",
      );
      return Object.fromEntries(rows.map((row) => [row.status, row.n]));
    },
    /** Takes the instance with all that belongs to it. */
    deleteInstance(instanceId: string): void {
      const tables = [
        "instances",
        "topics",
        "groups",
        "accounts",
        "acls",
        "addresses",
        "tags",
        "client_tokens",
      ];
      store.transaction(() => {
        for (const table of tables) {
          store.run(`DELETE FROM rocketmq_${table} WHERE instance_id = ?`, instanceId);
        }
      });
      changed(instanceId);
    },
    token(token: string): { instanceId: string; digest: string } | undefined {
      return store.get(
        "SELECT instance_id AS instanceId, digest FROM rocketmq_client_tokens WHERE token = ?",
        token,
      );
    },
    keepToken(token: string, instanceId: string, digest: string): void {
      store.run(
        "INSERT INTO rocketmq_client_tokens (token, instance_id, digest) VALUES (?, ?, ?)",
        token,
        instanceId,
        digest,
      );
    },
  };
}

interface Member {
  readonly instanceId: string;
  readonly status: string;
  readonly createdAtMs: number;
}

/** Topics and groups are kept alike: by instance and name. */
function memberTable<T extends Member>(
  store: Store,
  table: string,
  nameOf: (member: T) => string,
  changed: Changed,
) {
  return {
    insert(member: T): void {
      store.run(
        `INSERT INTO ${table} (instance_id, name, status, created_at_ms, document) VALUES (?, ?, ?, ?, ?)`,
        member.instanceId,
        nameOf(member),
        member.status,
        member.createdAtMs,
        JSON.stringify(member),
      );
      changed(member.instanceId);
    },
    update(member: T): void {
      store.run(
        `UPDATE ${table} SET status = ?, document = ? WHERE instance_id = ? AND name = ?`,
        member.status,
        JSON.stringify(member),
        member.instanceId,
        nameOf(member),
      );
      changed(member.instanceId);
    },
    get(instanceId: string, name: string): T | undefined {
      const sql = `SELECT document FROM ${table} WHERE instance_id = ? AND name = ?`;
      return document(store, sql, instanceId, name);
    },
    /** Oldest first. */
    list(instanceId: string): T[] {
      const sql = `SELECT document FROM ${table} WHERE instance_id = ? ORDER BY created_at_ms, rowid`;
      return documents(store, sql, instanceId);
    },
    inStatus(status: string): T[] {
      return documents(store, `SELECT document FROM ${table} WHERE status = ?`, status);
    },
    count(instanceId?: string): number {
      const row =
        instanceId === undefined
          ? store.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)
          : store.get<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE instance_id = ?`, instanceId);
      return row?.n ?? 0;
    },
    /** False when there was none. */
    delete(instanceId: string, name: string): boolean {
      const removed = store.run(`DELETE FROM ${table} WHERE instance_id = ? AND name = ?`, instanceId, name);
      changed(instanceId);
      return removed > 0;
    },
  };
}
