import { randomUUID } from "node:crypto";
import { keyMigrations } from "../auth/access-keys.ts";
import { type Nonces, openNonces } from "../auth/nonces.ts";
import type { Logger } from "../kit/log.ts";
import type { ServiceOptions } from "../settings/service-options.ts";
import { type DataFolder, takeDataFolder } from "./data-folder.ts";
import { migrate } from "./migrate.ts";
import { type ClosableStore, openStore } from "./sqlite-store.ts";
import type { Migration } from "./store.ts";
import { keyFingerprint, openVault, temporaryKey, type Vault, vaultKey } from "./vault.ts";

/** What everything else stands on: the data folder (or memory), the database, the vault. */
export interface ServiceStorage {
  readonly store: ClosableStore;
  readonly vault: Vault;
  readonly keyFingerprint: string;
  /** Tells this data folder from every other one; stays through resets and restores. */
  readonly serviceId: string;
  readonly nonces: Nonces;
  close(): void;
}

const migrations: readonly Migration[] = [
  ...keyMigrations,
  {
    id: "002-vault-and-seeds",
    sql: `CREATE TABLE service_vault (fingerprint TEXT PRIMARY KEY) STRICT;
          CREATE TABLE service_seeds (digest TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT;`,
  },
  { id: "003-identity", sql: "CREATE TABLE service_identity (id TEXT PRIMARY KEY) STRICT;" },
];

/** Throws a clear Error when the folder is in use or not writable, or the vault's key is not the folder's. */
export function openStorage(
  options: Pick<ServiceOptions, "dataFolder" | "vaultKeyPath">,
  log: Logger,
  now: () => number,
): ServiceStorage {
  const folder = options.dataFolder === undefined ? undefined : takeDataFolder(options.dataFolder);
  let store: ClosableStore | undefined;
  try {
    store = openStore(folder?.storePath);
    const keyPath = options.vaultKeyPath ?? folder?.vaultKeyPath;
    const key = keyPath === undefined ? temporaryKey() : vaultKey(keyPath);
    const fingerprint = keyFingerprint(key);
    const opened = store;
    const serviceId = opened.transaction(() => {
      migrate(opened, "service", migrations, now());
      checkFingerprint(opened, fingerprint, folder);
      return identity(opened);
    });
    const nonces = openNonces(folder?.noncePath, log);
    return {
      store: opened,
      vault: openVault(key),
      keyFingerprint: fingerprint,
      serviceId,
      nonces,
      close() {
        nonces.close();
        opened.close();
        folder?.release();
      },
    };
  } catch (error) {
    store?.close();
    folder?.release();
    throw error;
  }
}

function identity(store: ClosableStore): string {
  const known = store.get<{ id: string }>("SELECT id FROM service_identity");
  if (known) return known.id;
  const id = randomUUID();
  store.run("INSERT INTO service_identity (id) VALUES (?)", id);
  return id;
}

/** Secrets sealed with another key could not be opened; better said now than at the first use. */
function checkFingerprint(store: ClosableStore, fingerprint: string, folder: DataFolder | undefined): void {
  const known = store.get<{ fingerprint: string }>("SELECT fingerprint FROM service_vault");
  if (known === undefined) {
    store.run("INSERT INTO service_vault (fingerprint) VALUES (?)", fingerprint);
  } else if (known.fingerprint !== fingerprint) {
    throw new Error(
      `the secrets in ${folder?.path} are sealed with the vault key ${known.fingerprint}, but the key file holds ${fingerprint}; put the old key file back or start with an empty folder`,
    );
  }
}
