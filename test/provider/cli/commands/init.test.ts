import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type Files, withFiles } from "../../definitions/support.ts";
import { runCli } from "../support.ts";

const TEAMS = ["teams/payments.yaml", "teams/platform.yaml"];
const PROGRAM = [".gitignore", "Pulumi.yaml", "index.ts", "package.json"];

function filesIn(folder: string): string[] {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  return all
    .filter((one) => !one.isDirectory())
    .map((one) => join(one.parentPath, one.name).slice(folder.length + 1))
    .sort();
}

/** Runs `init` among files, and tells what is there afterwards. */
const initAmong = (files: Files, argv: string[] = []) =>
  withFiles(files, async (folder) => {
    const ran = await runCli(folder, ["init", ...argv]);
    return { ...ran, files: filesIn(folder), read: readAll(folder) };
  });

function readAll(folder: string): Record<string, string> {
  const all = filesIn(folder).map((path) => [path, readFileSync(join(folder, path), "utf8")]);
  return Object.fromEntries(all);
}

/** Where the line for editors leads, from the file that it stands in. */
function schemaOf(folder: string, path: string): string {
  const text = readFileSync(join(folder, path), "utf8");
  const [, schema = ""] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
  return resolve(dirname(join(folder, path)), schema);
}

describe("change-tracking init", () => {
  it("writes definitions and a program; check and fmt have nothing to say of them", async () => {
    await withFiles({}, async (folder) => {
      const { code, out, err } = await runCli(folder, ["init"]);
      expect([code, err]).toEqual([0, ""]);
      expect(filesIn(folder)).toEqual([...PROGRAM, ...TEAMS].sort());
      expect(await runCli(folder, ["check"])).toEqual({
        code: 0,
        out: "2 definitions in 2 files: nothing is wrong.\n",
        err: "",
      });
      expect(await runCli(folder, ["fmt", "--check"])).toMatchObject({
        code: 0,
        out: "2 files: all in order.\n",
      });
      const steps = out.slice(out.indexOf("Next:"));
      expect(steps).toMatch(
        /npm install\n[\s\S]*change-tracking check[\s\S]*stack init[\s\S]*pulumi preview\n$/,
      );
      const keys = TEAMS.flatMap((path) => {
        const text = readFileSync(join(folder, path), "utf8");
        return [...text.matchAll(/\{ config: (\w+) \}/g)].map(([, key]) => key ?? "");
      });
      expect(keys).toHaveLength(2);
      for (const key of keys) expect(steps).toContain(`pulumi config set --secret ${key}\n`);
    });
  });

  it("makes the folder that is named, and its names fit the project", async () => {
    const { code, out, files, read } = await initAmong({}, ["sub/my shop!"]);
    expect(code).toBe(0);
    expect(files).toEqual([...PROGRAM, ...TEAMS].map((path) => `sub/my shop!/${path}`).sort());
    expect(parse(read["sub/my shop!/Pulumi.yaml"] ?? "")).toMatchObject({
      name: "my-shop",
      runtime: "nodejs",
    });
    expect(out).toContain('Next:\n  cd "sub/my shop!"\n');
  });

  it.each([
    ["2026", "2026"],
    ["true", "true"],
    ["ъ", "change-tracking"],
    ["...", "change-tracking"],
  ])("a folder called %s", async (folder, name) => {
    const parent = folder === "..." ? "x/..." : folder;
    const { code, read } = await initAmong({}, [parent]);
    expect([code, parse(read[`${parent}/Pulumi.yaml`] ?? "").name]).toEqual([0, name]);
  });

  it("with a program writes definitions alone, and says how the program takes them", async () => {
    const before = {
      "Pulumi.yaml": "name: a\nruntime: nodejs\n",
      "package.json": "{}",
      "index.ts": "// mine\n",
    };
    const { code, out, files, read } = await initAmong(before);
    expect([code, files]).toEqual([0, [...Object.keys(before), ...TEAMS].sort()]);
    expect(read).toMatchObject(before);
    expect(out).toContain('loadDefinitions("teams")');
    expect(out).toContain("npm install @pulumi/pulumi pulumi-change-tracking\n");
    expect(out).not.toContain("stack init");
  });

  it("leaves a package.json and a .gitignore as they are, and names what is missing there", async () => {
    const before = { "package.json": '{"dependencies":{"pulumi-change-tracking":"1"}}', ".gitignore": "x\n" };
    const { code, out, files, read } = await initAmong(before);
    expect([code, files]).toEqual([0, [...PROGRAM, ...TEAMS].sort()]);
    expect(read).toMatchObject(before);
    expect(out).toContain("npm install @pulumi/pulumi\n");
    expect(out).not.toMatch(/Wrote[\s\S]*package\.json[\s\S]*Next/);
    expect((await initAmong({ "package.json": "no JSON" })).out).toContain(
      "npm install @pulumi/pulumi pulumi-change-tracking\n",
    );
  });

  it("writes nothing where a file of its is there", async () => {
    const { code, out, err, files, read } = await initAmong({ "app/index.ts": "mine" }, ["app"]);
    expect([code, out, files, read["app/index.ts"]]).toEqual([2, "", ["app/index.ts"], "mine"]);
    expect(err).toMatch(/^change-tracking: nothing was written: app\/index\.ts is there already; /);
  });

  it("puts no first definitions beside those that are there, and names the secrets of these", async () => {
    const secrets = "account: a, password: { config: ordersPassword }";
    const billing = "groups:\n  billing: { platform: changeTracking, instance: { id: dts1 }, PASSWORD }\n";
    const mine = {
      "teams/platform.yaml": billing.replace("PASSWORD", secrets),
      "teams/more/a.yml": billing
        .replace("billing", "b2")
        .replace("PASSWORD", secrets.replace("orders", "b2")),
    };
    const { code, out, files, read } = await initAmong(mine);
    expect([code, files]).toEqual([0, [...PROGRAM, ...Object.keys(mine)].sort()]);
    expect(read).toMatchObject(mine);
    expect(out.match(/--secret (.*)/g)).toEqual(["--secret b2Password", "--secret ordersPassword"]);
    expect(out).toContain("pulumi stack init dev\n");
  });

  it("says that all is there, to a second run too", async () => {
    await withFiles({}, async (folder) => {
      await runCli(folder, ["init", "app"]);
      const before = readAll(folder);
      const { code, err } = await runCli(folder, ["init", "app"]);
      expect([code, err]).toEqual([
        2,
        "change-tracking: nothing was written: app has a program and app/teams has definitions already; " +
          "`change-tracking check` judges them, and `pulumi preview` says what they would do\n",
      ]);
      expect(readAll(folder)).toEqual(before);
    });
  });

  it("takes back what it wrote when it cannot write all, and follows no link", async () => {
    const blocked = await initAmong({ teams: "a file" });
    expect([blocked.code, blocked.files]).toEqual([2, ["teams"]]);
    expect(blocked.err).toMatch(/^change-tracking: nothing was written: /);
    await withFiles({}, async (folder) => {
      symlinkSync(join(folder, "elsewhere"), join(folder, "index.ts"));
      const { code, err } = await runCli(folder, ["init"]);
      expect([code, readdirSync(folder)]).toEqual([2, ["index.ts"]]);
      expect(err).toContain("index.ts is there already");
    });
  });

  it("the line for editors leads to the package, where it is installed above or will be", async () => {
    await withFiles({}, async (folder) => {
      await runCli(folder, ["init"]);
      const schema = "node_modules/pulumi-change-tracking/definitions.schema.json";
      for (const path of TEAMS) expect(schemaOf(folder, path)).toBe(join(folder, schema));
      mkdirSync(join(folder, "node_modules/pulumi-change-tracking"), { recursive: true });
      await runCli(folder, ["init", "apps/one"]);
      expect(existsSync(join(folder, "apps/one/Pulumi.yaml"))).toBe(true);
      for (const path of TEAMS) expect(schemaOf(folder, `apps/one/${path}`)).toBe(join(folder, schema));
    });
  });

  it("takes one folder", async () => {
    const { code, err, files } = await initAmong({}, ["a", "b"]);
    expect([code, files]).toEqual([2, []]);
    expect(err).toMatch(/^change-tracking: init takes one folder, got a b\n/);
  });
});
