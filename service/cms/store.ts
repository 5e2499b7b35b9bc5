import { roomStore } from "../core/kit/room-store.ts";
import { document, documents } from "../core/store/documents.ts";
import type { Store } from "../core/store/store.ts";
import type { Contact, ContactGroup, Label, Rule, Target } from "./entities.ts";

/** All that this room reads and writes. Callers open the transaction where several steps belong together. */
export const cmsStore = roomStore(tablesOf);

function tablesOf(store: Store) {
  return {
    rules: documentTable<Rule>(store, "cms_rules", "rule_id", (rule) => rule.ruleId),
    contacts: documentTable<Contact>(store, "cms_contacts", "name", (contact) => contact.name),
    groups: documentTable<ContactGroup>(store, "cms_contact_groups", "name", (group) => group.name),
    targets: targetTable(store),
    groupTags: tagTable(store),
  };
}

/** A table of documents by a key, in the order in which they were first put. */
function documentTable<T extends object>(
  store: Store,
  table: string,
  key: string,
  keyOf: (one: T) => string,
) {
  return {
    put(one: T): void {
      store.run(
        `INSERT INTO ${table} (${key}, document) VALUES (?, ?) ON CONFLICT (${key}) DO UPDATE SET document = excluded.document`,
        keyOf(one),
        JSON.stringify(one),
      );
    },
    get: (id: string): T | undefined => document(store, `SELECT document FROM ${table} WHERE ${key} = ?`, id),
    all: (): T[] => documents(store, `SELECT document FROM ${table} ORDER BY position`),
    /** False when there was none. */
    remove: (id: string): boolean => store.run(`DELETE FROM ${table} WHERE ${key} = ?`, id) > 0,
    count: (): number => store.get<{ total: number }>(`SELECT COUNT(*) AS total FROM ${table}`)?.total ?? 0,
  };
}

function targetTable(store: Store) {
  return {
    put(ruleId: string, target: Target): void {
      store.run(
        "INSERT INTO cms_targets (rule_id, target_id, document) VALUES (?, ?, ?) ON CONFLICT (rule_id, target_id) DO UPDATE SET document = excluded.document",
        ruleId,
        target.id,
        JSON.stringify(target),
      );
    },
    of: (ruleId: string): Target[] =>
      documents(store, "SELECT document FROM cms_targets WHERE rule_id = ? ORDER BY position", ruleId),
    remove: (ruleId: string, targetId: string): boolean =>
      store.run("DELETE FROM cms_targets WHERE rule_id = ? AND target_id = ?", ruleId, targetId) > 0,
    removeAll: (ruleId: string): void => void store.run("DELETE FROM cms_targets WHERE rule_id = ?", ruleId),
  };
}

function tagTable(store: Store) {
  return {
    put(groupId: string, { key, value }: Label): void {
      store.run(
        "INSERT INTO cms_group_tags (group_id, key, value) VALUES (?, ?, ?) ON CONFLICT (group_id, key) DO UPDATE SET value = excluded.value",
        groupId,
        key,
        value,
      );
    },
    /** Takes off a tag with this key and value; false when there is none. */
    remove: (groupId: string, { key, value }: Label): boolean =>
      store.run(
        "DELETE FROM cms_group_tags WHERE group_id = ? AND key = ? AND value = ?",
        groupId,
        key,
        value,
      ) > 0,
  };
}
