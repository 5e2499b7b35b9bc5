import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../tools/paths.ts";

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "node-version-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runAs(version: string) {
  const pretend = join(folder, `${version}.cjs`);
  writeFileSync(pretend, `Object.defineProperty(process.versions, "node", { value: "${version}" });`);
  const check = ["--require", join(root, "tools/node-version.cjs"), "--eval", "console.log('went on')"];
  return spawnSync(process.execPath, ["--require", pretend, ...check], { encoding: "utf8" });
}

describe("a Node.js that is too old", () => {
  it.each(["20.20.2", "22.18.0", "24.1.0"])("%s gets one line that names the version needed", (version) => {
    const { status, stdout, stderr } = runAs(version);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^Node\.js 24\.2 or newer is needed, this is [\d.]+: .*\n$/);
    expect(stderr).toContain(version);
  });

  it.each(["24.2.0", "25.0.0", process.versions.node])("%s goes on", (version) => {
    expect(runAs(version)).toMatchObject({ status: 0, stdout: "went on\n", stderr: "" });
  });

  it("is met by every script that runs a tool", () => {
    const running = Object.entries(scripts).filter(([, script]) => /\bnode\b/.test(script));
    expect(running.length).toBeGreaterThan(5);
    const unguarded = running.filter(
      ([, script]) => !script.startsWith("node --require ./tools/node-version.cjs "),
    );
    expect(unguarded).toEqual([]);
  });
});
