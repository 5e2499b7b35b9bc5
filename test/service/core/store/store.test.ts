import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { jsonLog } from "../../../../service/core/kit/log.ts";
import { takeDataFolder } from "../../../../service/core/store/data-folder.ts";
import { migrate } from "../../../../service/core/store/migrate.ts";
import { openStorage } from "../../../../service/core/store/open-storage.ts";
import { isDiskFull, openStore } from "../../../../service/core/store/sqlite-store.ts";
import { openVault, temporaryKey, vaultKey } from "../../../../service/core/store/vault.ts";

const folder = mkdtempSync(join(tmpdir(), "store-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const quiet = jsonLog("silent", Date.now);

describe("store", () => {
  it("a transaction is all or nothing, inner ones join, and asynchronous work is refused", () => {
    const store = openStore();
    store.script("CREATE TABLE t (a INTEGER PRIMARY KEY) STRICT");
    const fail = () =>
      store.transaction(() => {
        store.run("INSERT INTO t VALUES (1)");
        store.transaction(() => store.run("INSERT INTO t VALUES (2)"));
        throw new Error("no");
      });
    expect(fail).toThrow("no");
    expect(store.all("SELECT * FROM t")).toEqual([]);
    expect(store.transaction(() => store.run("INSERT INTO t VALUES (3)"))).toBe(1);
    expect(() => store.transaction(async () => store.run("INSERT INTO t VALUES (4)"))).toThrow(
      /asynchronous/,
    );
    expect(store.get("SELECT count(*) AS n FROM t")).toMatchObject({ n: 1 });
    store.close();
  });

  it("more statements than are kept prepared still work", () => {
    const store = openStore();
    for (let i = 0; i < 1_200; i += 1) expect(store.get(`SELECT ${i} AS n`)).toMatchObject({ n: i });
    store.close();
  });

  it("a full disk fails the commit, keeps what was there, and the store lives on", () => {
    const store = openStore(join(folder, "full.sqlite"));
    store.script("CREATE TABLE t (a TEXT) STRICT");
    store.run("INSERT INTO t VALUES ('kept')");
    const { page_count } = store.get<{ page_count: number }>("PRAGMA page_count") ?? { page_count: 0 };
    store.script(`PRAGMA max_page_count = ${page_count + 2}`);
    let full: unknown;
    try {
      store.transaction(() => {
        for (let i = 0; i < 100; i += 1) store.run("INSERT INTO t VALUES (?)", "x".repeat(4_000));
      });
    } catch (error) {
      full = error;
    }
    expect(isDiskFull(full)).toBe(true);
    expect(store.all("SELECT a FROM t")).toMatchObject([{ a: "kept" }]);
    store.script("PRAGMA max_page_count = 100000");
    expect(store.run("INSERT INTO t VALUES ('later')")).toBe(1);
    store.close();
  });

  it("migrations run once, in order; tables need the owner's prefix; a later version's folder is refused", () => {
    const store = openStore();
    const one = { id: "001", sql: "CREATE TABLE shop_a (a INTEGER) STRICT" };
    const two = { id: "002", sql: "ALTER TABLE shop_a ADD COLUMN b INTEGER" };
    migrate(store, "shop", [one], 1);
    migrate(store, "shop", [one, two], 2);
    migrate(store, "shop", [one, two], 3);
    expect(store.get("SELECT a, b FROM shop_a")).toBeUndefined();
    expect(() => migrate(store, "shop", [one], 4)).toThrow(/later version.*002/);
    expect(() => migrate(store, "stall", [{ id: "001", sql: "CREATE TABLE wild (a)" }], 5)).toThrow(
      /prefix stall_/,
    );
    expect(() => store.get("SELECT * FROM wild")).toThrow(/no such table/);
    store.close();
  });
});

describe("data folder", () => {
  it("is one process's at a time, says who has it, and a dead one leaves no lock", () => {
    const path = join(folder, "locked");
    const first = takeDataFolder(path);
    expect(() => takeDataFolder(path)).toThrow(
      new RegExp(`in use by another service \\(process ${process.pid}\\)`),
    );
    first.release();
    first.release();
    // What a killed process leaves behind is its pid file, without the lock.
    writeFileSync(join(path, "service.pid"), "999999\n");
    takeDataFolder(path).release();
  });

  it("that cannot be made gives a clear error", () => {
    writeFileSync(join(folder, "file"), "");
    expect(() => takeDataFolder(join(folder, "file", "below"))).toThrow(/choose another with --data/);
  });
});

describe("vault", () => {
  it("seals and opens, hashes and matches; another key opens nothing", () => {
    const vault = openVault(temporaryKey());
    const sealed = vault.seal("Pass-wörd");
    expect(sealed).not.toContain("Pass");
    expect(vault.open(sealed)).toBe("Pass-wörd");
    expect(vault.seal("Pass-wörd")).not.toBe(sealed);
    expect(() => openVault(temporaryKey()).open(sealed)).toThrow();
    const hashed = vault.hash("Pass-wörd");
    expect([vault.matches("Pass-wörd", hashed), vault.matches("other", hashed)]).toEqual([true, false]);
    expect(vault.matches("x", "nonsense")).toBe(false);
    expect(openVault(temporaryKey()).matches("Pass-wörd", hashed)).toBe(false);
  });

  it("the key file is made once, for the owner only", () => {
    const path = join(folder, "vault.key");
    const key = vaultKey(path);
    expect(vaultKey(path)).toEqual(key);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    writeFileSync(path, "short");
    expect(() => vaultKey(path)).toThrow(/must be 32 bytes/);
  });

  it("a folder whose key file was exchanged is refused at start", () => {
    const dataFolder = join(folder, "exchanged");
    openStorage({ dataFolder, vaultKeyPath: undefined }, quiet, Date.now).close();
    rmSync(join(dataFolder, "vault.key"));
    expect(() => openStorage({ dataFolder, vaultKeyPath: undefined }, quiet, Date.now)).toThrow(/vault key/);
  });
});
