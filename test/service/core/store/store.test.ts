import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nonceFile } from "../../../../service/core/auth/nonce-file.ts";
import { openNonces } from "../../../../service/core/auth/nonces.ts";
import { layFoundation } from "../../../../service/core/foundation.ts";
import { jsonLog } from "../../../../service/core/json-log.ts";
import { takeDataFolder } from "../../../../service/core/store/data-folder.ts";
import { migrate } from "../../../../service/core/store/migrate.ts";
import { openVault, passingKey, vaultKey } from "../../../../service/core/store/sealing.ts";
import { isDiskFull, openStore } from "../../../../service/core/store/sqlite.ts";

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
    const vault = openVault(passingKey());
    const sealed = vault.seal("Pass-wörd");
    expect(sealed).not.toContain("Pass");
    expect(vault.open(sealed)).toBe("Pass-wörd");
    expect(vault.seal("Pass-wörd")).not.toBe(sealed);
    expect(() => openVault(passingKey()).open(sealed)).toThrow();
    const hashed = vault.hash("Pass-wörd");
    expect([vault.matches("Pass-wörd", hashed), vault.matches("other", hashed)]).toEqual([true, false]);
    expect(vault.matches("x", "nonsense")).toBe(false);
    expect(openVault(passingKey()).matches("Pass-wörd", hashed)).toBe(false);
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
    layFoundation({ dataFolder, vaultKeyPath: undefined }, quiet, Date.now).close();
    rmSync(join(dataFolder, "vault.key"));
    expect(() => layFoundation({ dataFolder, vaultKeyPath: undefined }, quiet, Date.now)).toThrow(
      /vault key/,
    );
  });
});

describe("nonces", () => {
  const hourMs = 3_600_000;

  it("count once per key, whatever the clock does", () => {
    const nonces = openNonces();
    const nowMs = 1_000_000_000_000;
    const take = (key: string, nonce: string, ms: number) => nonces.take(key, nonce, ms);
    expect([take("a", "1", nowMs), take("a", "1", nowMs), take("b", "1", nowMs)]).toEqual([
      true,
      false,
      true,
    ]);
    // Put on, used, put back past the window, used: the time that was signed first becomes valid again.
    for (const ms of [10 * hourMs, 20 * hourMs, -hourMs, -10 * hourMs, 30 * hourMs, 0]) {
      expect(take("a", `at ${ms}`, nowMs + ms)).toBe(true);
      expect(take("a", "1", nowMs)).toBe(false);
    }
    expect(nonces.size).toBe(8);
  });

  it("stay bounded, and among many none is taken for another", () => {
    const nonces = openNonces(undefined, 50_000);
    const later = (i: number) => 1_000_000 + i * 1_000;
    for (let i = 0; i < 40_000; i += 1) expect(nonces.take("key", `nonce-${i}`, later(i))).toBe(true);
    for (let i = 0; i < 40_000; i += 7) expect(nonces.take("key", `nonce-${i}`, later(i))).toBe(false);
    for (let i = 0; i < 200_000; i += 1) nonces.take("key", `more-${i}`, later(40_000 + i));
    expect(nonces.size).toBeLessThanOrEqual(100_000);
    // Forgotten they are, and still not good for a second time.
    expect(nonces.take("key", "nonce-1", later(1))).toBe(false);
    expect(nonces.take("key", "new", later(300_000))).toBe(true);
  });

  it("outlive a restart at any time, with what was forgotten before it, in files that do not grow with restarts", () => {
    const path = join(folder, "nonces");
    const open = () => {
      const file = nonceFile(path, quiet);
      return { file, nonces: openNonces(file, 3) };
    };
    const at = (seconds: number) => seconds * 1000;
    const first = open();
    expect(first.nonces.take("a", "1", at(1_000))).toBe(true);
    first.nonces.keep();
    const second = open();
    expect([second.nonces.take("a", "1", at(1_000)), second.nonces.take("a", "2", at(1_001))]).toEqual([
      false,
      true,
    ]);
    second.file.close();
    expect(readFileSync(path)).toHaveLength(2 * 12);
    appendFileSync(path, "half");
    const third = open();
    expect([third.nonces.take("a", "1", at(1_000)), third.nonces.size]).toEqual([false, 2]);
    for (let i = 3; i <= 7; i += 1) expect(third.nonces.take("a", String(i), at(1_000 + i))).toBe(true);
    third.file.close();
    const fourth = open();
    for (let i = 1; i <= 7; i += 1) expect(fourth.nonces.take("a", String(i), at(999 + i))).toBe(false);
    expect(fourth.nonces.take("a", "8", at(2_000))).toBe(true);
    fourth.nonces.clear();
    expect(readFileSync(path)).toHaveLength(0);
    fourth.file.close();
  });
});
