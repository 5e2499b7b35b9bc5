import { randomBytes } from "node:crypto";
import type { KeyOption } from "../settings/service-options.ts";
import type { Migration, Store } from "../store/store.ts";
import type { Vault } from "../store/vault.ts";

/** An access key that may sign calls; with `token` it is a temporary one (STS). */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly rights: "all" | "readOnly";
  readonly active: boolean;
  readonly token: string | undefined;
  readonly expiresAtMs: number | undefined;
  /** Keys of the settings cannot be changed at run time. */
  readonly origin: "settings" | "made";
}

interface KeySpec {
  readonly rights: "all" | "readOnly";
  /** Given for a temporary key with a security token; seconds from now. */
  readonly tokenSeconds?: number;
}

export interface KeyStore {
  find(accessKeyId: string): AccessKey | undefined;
  list(): AccessKey[];
  /** Makes a key that survives restarts. Throws a RangeError when there are too many. */
  make(spec: KeySpec): AccessKey;
  /** False when there is no key of this id that was made at run time. */
  setActive(accessKeyId: string, active: boolean): boolean;
  revoke(accessKeyId: string): boolean;
}

/** Made keys; the secret and the token are sealed. */
export const keyMigrations: readonly Migration[] = [
  {
    id: "001-keys",
    sql: `CREATE TABLE service_keys (
      id TEXT PRIMARY KEY, secret TEXT NOT NULL, token TEXT, rights TEXT NOT NULL,
      active INTEGER NOT NULL, expires_at INTEGER, created_at INTEGER NOT NULL
    ) STRICT`,
  },
];

interface KeyRow {
  id: string;
  secret: string;
  token: string | null;
  rights: string;
  active: number;
  expires_at: number | null;
}

export function openKeys(
  store: Store,
  vault: Vault,
  now: () => number,
  options: readonly KeyOption[],
  keysMax: number,
): KeyStore {
  const keys = new Map<string, AccessKey>();
  for (const row of store.all<KeyRow>("SELECT * FROM service_keys")) keys.set(row.id, fromRow(row, vault));
  // The settings win over a made key of the same id.
  for (const { accessKeyId, accessKeySecret, rights, active } of options) {
    const fixed = { token: undefined, expiresAtMs: undefined, origin: "settings" } as const;
    keys.set(accessKeyId, { accessKeyId, secret: accessKeySecret, rights, active, ...fixed });
  }
  const made = (id: string) => (keys.get(id)?.origin === "made" ? keys.get(id) : undefined);

  function dropExpired(): void {
    for (const key of keys.values()) {
      if (key.origin === "made" && key.expiresAtMs !== undefined && key.expiresAtMs + 86_400_000 < now()) {
        revoke(key.accessKeyId);
      }
    }
  }

  function revoke(accessKeyId: string): boolean {
    if (!made(accessKeyId)) return false;
    store.run("DELETE FROM service_keys WHERE id = ?", accessKeyId);
    return keys.delete(accessKeyId);
  }

  return {
    find: (accessKeyId) => keys.get(accessKeyId),
    list: () => [...keys.values()],
    make(spec) {
      dropExpired();
      if (keys.size >= keysMax) throw new RangeError(`at most ${keysMax} access keys; revoke some first`);
      const key = newKey(spec, now());
      store.run(
        "INSERT INTO service_keys (id, secret, token, rights, active, expires_at, created_at) VALUES (?,?,?,?,1,?,?)",
        key.accessKeyId,
        vault.seal(key.secret),
        key.token === undefined ? null : vault.seal(key.token),
        key.rights,
        key.expiresAtMs ?? null,
        now(),
      );
      keys.set(key.accessKeyId, key);
      return key;
    },
    setActive(accessKeyId, active) {
      const key = made(accessKeyId);
      if (!key) return false;
      store.run("UPDATE service_keys SET active = ? WHERE id = ?", active ? 1 : 0, accessKeyId);
      keys.set(accessKeyId, { ...key, active });
      return true;
    },
    revoke,
  };
}

function newKey(spec: KeySpec, nowMs: number): AccessKey {
  const temporary = spec.tokenSeconds !== undefined;
  // The published forms: permanent ids start with LTAI, temporary ones with STS.
  const name = randomBytes(18).toString("base64").replace(/[+/=]/g, "x");
  return {
    accessKeyId: temporary ? `STS.${name}` : `LTAI${name.slice(0, 20)}`,
    secret: randomBytes(24).toString("base64url").slice(0, 30),
    rights: spec.rights,
    active: true,
    token: temporary ? randomBytes(96).toString("base64") : undefined,
    expiresAtMs: spec.tokenSeconds === undefined ? undefined : nowMs + spec.tokenSeconds * 1000,
    origin: "made",
  };
}

function fromRow(row: KeyRow, vault: Vault): AccessKey {
  return {
    accessKeyId: row.id,
    secret: vault.open(row.secret),
    rights: row.rights === "readOnly" ? "readOnly" : "all",
    active: row.active === 1,
    token: row.token === null ? undefined : vault.open(row.token),
    expiresAtMs: row.expires_at ?? undefined,
    origin: "made",
  };
}
