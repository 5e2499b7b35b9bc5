import type { Store } from "../store/store.ts";

/** A tag of an instance, as a room keeps it. No interface: the declarations of the rooms' stores could not name it. */
type InstanceTag = {
  readonly instanceId: string;
  readonly key: string;
  readonly value: string;
};

/** The tags of a room's instances, in a table of the columns instance_id, key and value. */
export function instanceTags(store: Store, table: string) {
  return {
    tags(instanceId: string): InstanceTag[] {
      const sql = `SELECT instance_id AS instanceId, key, value FROM ${table} WHERE instance_id = ? ORDER BY key`;
      return store.all<InstanceTag>(sql, instanceId);
    },
    putTag({ instanceId, key, value }: InstanceTag): void {
      const sql = `INSERT INTO ${table} (instance_id, key, value) VALUES (?, ?, ?) ON CONFLICT (instance_id, key) DO UPDATE SET value = excluded.value`;
      store.run(sql, instanceId, key, value);
    },
    /** Without keys all of them. */
    deleteTags(instanceId: string, keys?: readonly string[]): void {
      if (!keys) {
        store.run(`DELETE FROM ${table} WHERE instance_id = ?`, instanceId);
        return;
      }
      const sql = `DELETE FROM ${table} WHERE instance_id = ? AND key = ?`;
      for (const key of keys) store.run(sql, instanceId, key);
    },
  };
}
