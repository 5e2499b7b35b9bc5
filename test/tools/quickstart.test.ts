import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { SERVICE_BUNDLES } from "../../tools/build/targets.ts";
import { build } from "../../tools/build.ts";
import { describeError } from "../../tools/quickstart/failure.ts";
import { readFlags } from "../../tools/quickstart/flags.ts";
import { removeDeadLocks } from "../../tools/quickstart/locks.ts";
import { dataDirAside } from "../../tools/server/account.ts";
import { boundSaid } from "../../tools/server/launch.ts";

describe("the flags of the quickstart", () => {
  it("are read, and an unknown one is refused", () => {
    expect(readFlags(["--stop"], {})).toEqual({ once: false, stop: true, help: false, swallowed: [] });
    expect(() => readFlags(["--stopp"], {})).toThrow(/--stopp/);
  });

  it("that npm took for itself are meant all the same", () => {
    expect(readFlags([], { npm_config_stop: "true" })).toMatchObject({ stop: true, swallowed: ["--stop"] });
    expect(readFlags([], { npm_config_once: "true" })).toMatchObject({ once: true, swallowed: ["--once"] });
    expect(readFlags(["--stop"], { npm_config_stop: "true" }).swallowed).toEqual([]);
  });
});

describe("an error of the database", () => {
  it("is told with its code and its hint, and without a dump", () => {
    const cause = Object.assign(new Error('password authentication failed for user "o\'hara"'), {
      code: "28P01",
      hint: "ask somebody",
      file: "auth.c",
      routine: "auth_failed",
    });
    expect(describeError(new Error(`the database cannot be used: ${cause.message}`, { cause }))).toBe(
      'the database cannot be used: password authentication failed for user "o\'hara"\n  code: 28P01\n  hint: ask somebody',
    );
  });

  it("keeps its first and its last line, however much a server says between", () => {
    const lines = [
      "LOG: starting",
      ...Array.from({ length: 5_000 }, (_, i) => `LOG: line ${i}`),
      "FATAL: why",
    ];
    const kept = boundSaid(lines.join("\n"));
    expect(kept.length).toBeLessThan(20_000);
    expect(kept.startsWith("LOG: starting\n")).toBe(true);
    expect(kept.endsWith("\nFATAL: why")).toBe(true);
    expect(kept.split("\n").every((line) => line === "..." || lines.includes(line))).toBe(true);
  });
});

describe("what runs behind the quickstart", () => {
  let folder: string;
  let control: typeof import("../../tools/quickstart/backing-control.ts");

  beforeAll(async () => {
    await build({ only: [...SERVICE_BUNDLES] });
    // Below a folder that others cannot enter: run by root, the database then has to live elsewhere.
    folder = mkdtempSync(join(tmpdir(), "quickstart-test-"));
    chmodSync(folder, 0o700);
    vi.stubEnv("QUICKSTART_HOME", join(folder, "it's home"));
    vi.resetModules();
    control = await import("../../tools/quickstart/backing-control.ts");
  });
  afterAll(async () => {
    await control.stopBacking();
    await control.forgetBacking();
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  it("starts again after a stop, also when everything was deleted between, and leaves nothing behind", async () => {
    const { databaseDir, home } = await import("../../tools/quickstart/paths.ts");
    const aside = dataDirAside(databaseDir, "postgres");
    const first = await control.startBacking(true);
    expect(await control.stopBacking()).toBe(true);
    const second = await control.startBacking(true);
    expect(second.database.password).toBe(first.database.password);
    await control.stopBacking();
    await control.forgetBacking();
    expect([aside, `${aside}.password`, home].filter((path) => existsSync(path))).toEqual([]);

    // As the Pulumi CLI makes it when it is called with the environment of a quickstart that is gone.
    const third = await control.startBacking(true);
    expect(third.database.password).not.toBe(first.database.password);
    chmodSync(home, 0o700);
    await control.stopBacking();
    await control.startBacking(true);
    expect(statSync(home).mode & 0o777).toBe(0o711);
    await control.stopBacking();
  });

  it("starts with data whose password is gone, as an earlier version left it", async () => {
    const { databaseDir } = await import("../../tools/quickstart/paths.ts");
    await control.startBacking(true);
    await control.stopBacking();
    for (const place of [databaseDir, dataDirAside(databaseDir, "postgres")])
      rmSync(`${place}.password`, { force: true });
    expect((await control.startBacking(true)).endpoint).toMatch(/^http:/);
    await control.stopBacking();
  });

  it("says in full why the database cannot be used", async () => {
    const { databaseDir } = await import("../../tools/quickstart/paths.ts");
    for (const place of [databaseDir, dataDirAside(databaseDir, "postgres")]) {
      if (existsSync(place)) writeFileSync(`${place}.password`, "another one");
    }
    await expect(control.startBacking(true)).rejects.toThrow(
      /password authentication failed for user "shop_owner"/,
    );
  });

  it("gives a shell one file to source, whatever is in its paths", async () => {
    const { writeEnvironmentFile } = await import("../../tools/quickstart/environment.ts");
    const { home } = await import("../../tools/quickstart/paths.ts");
    const database = { host: "h", port: 1, user: "u", password: "p", name: "n" };
    const file = writeEnvironmentFile("/a b/$bin", { pid: 1, endpoint: "http://127.0.0.1:1", database });
    const script = '. "$1"; printf "%s\\n" "$PATH" "$PULUMI_HOME" "$CHANGE_TRACKING_ENDPOINT"';
    const shell = spawnSync("/bin/sh", ["-c", script, "sh", file], {
      env: { PATH: "/bin" },
      encoding: "utf8",
    });
    expect(shell.stdout.split("\n")).toEqual([
      "/a b/$bin:/bin",
      join(home, "pulumi"),
      "http://127.0.0.1:1",
      "",
    ]);
  });
});

describe("removeDeadLocks", () => {
  it("removes the locks of dead commands and leaves those of others", () => {
    const state = mkdtempSync(join(tmpdir(), "quickstart-locks-"));
    expect(removeDeadLocks(state)).toBe(0);
    const folder = join(state, ".pulumi/locks/organization/project/stack");
    mkdirSync(folder, { recursive: true });
    const write = (name: string, pid: number, host: string) =>
      writeFileSync(join(folder, name), JSON.stringify({ pid, username: "me", hostname: host }));
    const { pid: dead } = spawnSync(process.execPath, ["-e", "0"]);
    write("dead.json", dead, hostname());
    write("alive.json", process.pid, hostname());
    write("elsewhere.json", dead, "another-host");
    expect(removeDeadLocks(state)).toBe(1);
    expect(readdirSync(folder).sort()).toEqual(["alive.json", "elsewhere.json"]);
    rmSync(state, { recursive: true });
  });
});
