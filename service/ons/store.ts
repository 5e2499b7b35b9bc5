import type { TaggedType } from "../../contract/ons/params.ts";
import { roomStore } from "../core/kit/room-store.ts";
import { document, documents } from "../core/store/documents.ts";
import type { Store } from "../core/store/store.ts";
import type { Group, Instance, Tag, Topic } from "./entities.ts";

/** All that this room reads and writes. Callers open the transaction where several steps belong together. */
export const onsStore = roomStore(tablesOf);

function tablesOf(store: Store) {
  return {
    ...instanceTable(store),
    topics: memberTable<Topic>(store, "ons_topics", "TOPIC"),
    groups: memberTable<Group>(store, "ons_groups", "GROUP"),
    ...tagTable(store),
  };
}

function instanceTable(store: Store) {
  return {
    insertInstance(instance: Instance): void {
      store.run(
        "INSERT INTO ons_instances (instance_id, region, name, document) VALUES (?, ?, ?, ?)",
        instance.instanceId,
        instance.region,
        instance.name,
        JSON.stringify(instance),
      );
    },
    updateInstance(instance: Instance): void {
      store.run(
        "UPDATE ons_instances SET name = ?, document = ? WHERE instance_id = ?",
        instance.name,
        JSON.stringify(instance),
        instance.instanceId,
      );
    },
    instance(instanceId: string): Instance | undefined {
      return document(store, "SELECT document FROM ons_instances WHERE instance_id = ?", instanceId);
    },
    instanceNamed(region: string, name: string): Instance | undefined {
      const sql = "SELECT document FROM ons_instances WHERE region = ? AND name = ?";
      return document(store, sql, region, name);
    },
    /** Oldest first. */
    instances(): Instance[] {
      return documents(store, "SELECT document FROM ons_instances ORDER BY rowid");
    },
    deleteInstance(instanceId: string): void {
      store.run("DELETE FROM ons_tags WHERE instance_id = ?", instanceId);
      store.run("DELETE FROM ons_instances WHERE instance_id = ?", instanceId);
    },
  };
}

/** Topics and groups are kept alike: by instance and name. */
function memberTable<T extends { instanceId: string; name: string }>(
  store: Store,
  table: string,
  type: TaggedType,
) {
  return {
    insert(member: T): void {
      store.run(
        `INSERT INTO ${table} (instance_id, name, document) VALUES (?, ?, ?)`,
        member.instanceId,
        member.name,
        JSON.stringify(member),
      );
    },
    update(member: T): void {
      store.run(
        `UPDATE ${table} SET document = ? WHERE instance_id = ? AND name = ?`,
        JSON.stringify(member),
        member.instanceId,
        member.name,
      );
    },
    get(instanceId: string, name: string): T | undefined {
      const sql = `SELECT document FROM ${table} WHERE instance_id = ? AND name = ?`;
      return document(store, sql, instanceId, name);
    },
    /** Oldest first. */
    list(instanceId: string): T[] {
      return documents(
        store,
        `SELECT document FROM ${table} WHERE instance_id = ? ORDER BY rowid`,
        instanceId,
      );
    },
    /** The instances that have the name. */
    instancesWith(name: string): string[] {
      return store
        .all<{ instance_id: string }>(`SELECT instance_id FROM ${table} WHERE name = ? ORDER BY rowid`, name)
        .map((row) => row.instance_id);
    },
    /** Of one instance, or of all. */
    count(instanceId?: string): number {
      const row =
        instanceId === undefined
          ? store.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)
          : store.get<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE instance_id = ?`, instanceId);
      return row?.n ?? 0;
    },
    delete(instanceId: string, name: string): void {
      store.run(
        "DELETE FROM ons_tags WHERE type = ? AND instance_id = ? AND resource_id = ?",
        type,
        instanceId,
        name,
      );
      store.run(`DELETE FROM ${table} WHERE instance_id = ? AND name = ?`, instanceId, name);
    },
  };
}

function tagTable(store: Store) {
  const columns = "type, instance_id AS instanceId, resource_id AS resourceId, key, value";
  return {
    tags(type: TaggedType, instanceId: string, resourceId: string): Tag[] {
      return store.all<Tag>(
        `SELECT ${columns} FROM ons_tags WHERE type = ? AND instance_id = ? AND resource_id = ? ORDER BY key`,
        type,
        instanceId,
        resourceId,
      );
    },
    putTag(tag: Tag): void {
      store.run(
        "INSERT INTO ons_tags (type, instance_id, resource_id, key, value) VALUES (?, ?, ?, ?, ?) ON CONFLICT (type, instance_id, resource_id, key) DO UPDATE SET value = excluded.value",
        tag.type,
        tag.instanceId,
        tag.resourceId,
        tag.key,
        tag.value,
      );
    },
    deleteTag(tag: Omit<Tag, "value">): void {
      store.run(
        "DELETE FROM ons_tags WHERE type = ? AND instance_id = ? AND resource_id = ? AND key = ?",
        tag.type,
        tag.instanceId,
        tag.resourceId,
        tag.key,
      );
    },
  };
}
