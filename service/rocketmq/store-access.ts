import { document, documents } from "../core/store/documents.ts";
import type { Store } from "../core/store/store.ts";
import type { Account, Acl, AclKey } from "./entities.ts";

/** Told of what belongs to which instance. */
export type Changed = (instanceId: string) => void;

/** Accounts, their rights and the addresses that may connect. */
export function accessTables(store: Store, changed: Changed) {
  return { ...accountTable(store, changed), ...aclTable(store), ...addressTable(store) };
}

function accountTable(store: Store, changed: Changed) {
  return {
    putAccount(account: Account): void {
      store.run(
        "INSERT INTO rocketmq_accounts (instance_id, username, document) VALUES (?, ?, ?) ON CONFLICT (instance_id, username) DO UPDATE SET document = excluded.document",
        account.instanceId,
        account.username,
        JSON.stringify(account),
      );
      changed(account.instanceId);
    },
    account(instanceId: string, username: string): Account | undefined {
      const sql = "SELECT document FROM rocketmq_accounts WHERE instance_id = ? AND username = ?";
      return document(store, sql, instanceId, username);
    },
    /** The one made with the instance first, then by age. */
    accounts(instanceId: string): Account[] {
      const sql = "SELECT document FROM rocketmq_accounts WHERE instance_id = ? ORDER BY rowid";
      return documents(store, sql, instanceId);
    },
    deleteAccount(instanceId: string, username: string): void {
      store.run("DELETE FROM rocketmq_acls WHERE instance_id = ? AND username = ?", instanceId, username);
      store.run("DELETE FROM rocketmq_accounts WHERE instance_id = ? AND username = ?", instanceId, username);
      changed(instanceId);
    },
  };
}

function aclTable(store: Store) {
  return {
    putAcl(acl: Acl): void {
      store.run(
        "INSERT INTO rocketmq_acls (instance_id, username, resource_type, resource_name, document) VALUES (?, ?, ?, ?, ?) ON CONFLICT (instance_id, username, resource_type, resource_name) DO UPDATE SET document = excluded.document",
        acl.instanceId,
        acl.username,
        acl.resourceType,
        acl.resourceName,
        JSON.stringify(acl),
      );
    },
    acl({ instanceId, username, resourceType, resourceName }: AclKey): Acl | undefined {
      const sql =
        "SELECT document FROM rocketmq_acls WHERE instance_id = ? AND username = ? AND resource_type = ? AND resource_name = ?";
      return document(store, sql, instanceId, username, resourceType, resourceName);
    },
    acls(instanceId: string): Acl[] {
      const sql = "SELECT document FROM rocketmq_acls WHERE instance_id = ? ORDER BY rowid";
      return documents(store, sql, instanceId);
    },
    deleteAcl(acl: AclKey): void {
      store.run(
        "DELETE FROM rocketmq_acls WHERE instance_id = ? AND username = ? AND resource_type = ? AND resource_name = ?",
        acl.instanceId,
        acl.username,
        acl.resourceType,
        acl.resourceName,
      );
    },
  };
}

function addressTable(store: Store) {
  return {
    addresses(instanceId: string): string[] {
      return store
        .all<{ address: string }>(
          "SELECT address FROM rocketmq_addresses WHERE instance_id = ? ORDER BY rowid",
          instanceId,
        )
        .map((row) => row.address);
    },
    addAddress(instanceId: string, address: string): void {
      store.run("INSERT INTO rocketmq_addresses (instance_id, address) VALUES (?, ?)", instanceId, address);
    },
    deleteAddress(instanceId: string, address: string): void {
      store.run("DELETE FROM rocketmq_addresses WHERE instance_id = ? AND address = ?", instanceId, address);
    },
  };
}
