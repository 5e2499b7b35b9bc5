import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, it } from "vitest";
import { takeDataFolder } from "../../../../service/core/store/data-folder.ts";
import { vaultKey } from "../../../../service/core/store/vault.ts";
import { startService } from "../../../support/service.ts";
import { testRooms } from "../support/rooms.ts";

const folder = mkdtempSync(join(tmpdir(), "data-folder-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (path: string) => statSync(path).mode & 0o777;

/** A folder that a service has used and left. */
async function used(name: string): Promise<string> {
  const dataDir = join(folder, name);
  const service = await startService({ rooms: testRooms, dataDir });
  await service.stop();
  return dataDir;
}

const start = (dataDir: string) => startService({ rooms: testRooms, dataDir });

describe("a data folder is its owner's alone", () => {
  it("one that others could read is closed, with all that the service keeps there", async () => {
    const dataDir = await used("open");
    const names = ["store.sqlite", "vault.key", "service.lock"];
    chmodSync(dataDir, 0o755);
    for (const name of names) chmodSync(join(dataDir, name), 0o644);
    const service = await start(dataDir);
    expect(modeOf(dataDir)).toBe(0o700);
    for (const name of readdirSync(dataDir))
      expect([name, modeOf(join(dataDir, name))]).toEqual([name, 0o600]);
    expect(readdirSync(dataDir)).toEqual(
      expect.arrayContaining([...names, "store.sqlite-wal", "service.pid"]),
    );
    await service.stop();
  });

  it("one that is open and holds other things is refused as it is, a closed one is taken", () => {
    const path = join(folder, "shared");
    mkdirSync(path);
    chmodSync(path, 0o755);
    writeFileSync(join(path, "notes.txt"), "mine");
    chmodSync(join(path, "notes.txt"), 0o644);
    expect(() => takeDataFolder(path)).toThrow(/mode 0755.*notes\.txt.*folder of its own/);
    expect([readdirSync(path), modeOf(path)]).toEqual([["notes.txt"], 0o755]);
    chmodSync(path, 0o700);
    takeDataFolder(path).release();
    expect(modeOf(join(path, "notes.txt"))).toBe(0o644);
  });

  it("is taken by no git add, whole when it is all the service's, by its names beside other files", async () => {
    const checkout = join(folder, "checkout");
    mkdirSync(join(checkout, "mixed"), { recursive: true, mode: 0o700 });
    spawnSync("git", ["init", "-q", checkout]);
    writeFileSync(join(checkout, "mixed", "seed.yaml"), "");
    for (const name of [".change-tracking", "mixed"]) {
      await (await start(join(checkout, name))).stop();
    }
    const { stdout } = spawnSync("git", ["-C", checkout, "add", "-An"], { encoding: "utf8" });
    expect(stdout.trim().split("\n").sort()).toEqual(["add 'mixed/.gitignore'", "add 'mixed/seed.yaml'"]);
  });

  it("what somebody ignores already stays as they wrote it", () => {
    const path = join(folder, "ignoring");
    mkdirSync(path, { mode: 0o700 });
    writeFileSync(join(path, ".gitignore"), "mine\n");
    takeDataFolder(path).release();
    expect(readFileSync(join(path, ".gitignore"), "utf8")).toBe("mine\n");
  });
});

describe("a start that cannot use the store says which file and what to do", () => {
  it("no database at all", async () => {
    const dataDir = await used("nonsense");
    writeFileSync(join(dataDir, "store.sqlite"), "nonsense ".repeat(1_000));
    await expect(start(dataDir)).rejects.toThrow(
      new RegExp(`the store ${join(dataDir, "store.sqlite")} is damaged .*move it away.*/_service/restore`),
    );
  });

  it("pages that were overwritten", async () => {
    const dataDir = await used("broken");
    const path = join(dataDir, "store.sqlite");
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 8_192);
    writeFileSync(path, bytes);
    await expect(start(dataDir)).rejects.toThrow(new RegExp(`${path} is damaged`));
  });

  it("one of a later version", async () => {
    const dataDir = await used("later");
    const path = join(dataDir, "store.sqlite");
    const store = new DatabaseSync(path);
    store.exec("INSERT INTO service_migrations VALUES ('shop', '999-later', 1)");
    store.close();
    await expect(start(dataDir)).rejects.toThrow(
      new RegExp(`${path}: it was written by a later version.*999-later.*another folder with --data`),
    );
  });

  it("one of another program", async () => {
    const dataDir = await used("other");
    const path = join(dataDir, "store.sqlite");
    rmSync(path);
    const store = new DatabaseSync(path);
    store.exec("CREATE TABLE shop_things (other TEXT)");
    store.close();
    chmodSync(path, 0o600);
    await expect(start(dataDir)).rejects.toThrow(new RegExp(`cannot use the store ${path}.*--data`));
  });

  it("a key file that an interrupted start left empty is made anew, one of another form is named", () => {
    const path = join(folder, "vault.key");
    writeFileSync(path, "");
    expect(vaultKey(path)).toEqual(vaultKey(path));
    writeFileSync(path, "short");
    expect(() => vaultKey(path)).toThrow(new RegExp(`${path} must be 32 bytes.*put the right file back`));
    expect(() => vaultKey(join(folder, "nowhere", "vault.key"))).toThrow(
      /cannot make the vault key .*nowhere/,
    );
  });
});
