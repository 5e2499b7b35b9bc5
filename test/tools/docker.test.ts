import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { root } from "../../tools/paths.ts";
import { mustRun, runCommand } from "../../tools/ps.ts";

const folder = mkdtempSync(join(tmpdir(), "runtime-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const program = join(root, "tools/docker/runtime.ts");

describe.runIf(process.platform === "linux")("what an image from nothing is given", () => {
  it("is this Node.js with every library that it loads, and a user that is not root", async () => {
    const { stdout } = await mustRun(process.execPath, [program, folder]);
    const [node, ...libraries] = stdout.trim().split("\n");
    expect(node).toBe(process.execPath);
    expect(libraries.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
    // All but the loader are named by the binary; without one of them it would not have started.
    expect(libraries.join()).toMatch(/libc\.so|ld-musl/);
    const copy = await mustRun(join(folder, "usr/local/bin/node"), ["--print", "process.version"]);
    expect(copy.stdout.trim()).toBe(process.version);
    expect(readFileSync(join(folder, "etc/passwd"), "utf8")).toMatch(/^change-tracking:x:65532:65532:/m);
  });

  it("needs a folder to put it into", async () => {
    const { code, stderr } = await runCommand(process.execPath, [program]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("say into which folder") });
  });
});

describe("Dockerfile and .dockerignore", () => {
  it("what is copied from the clone is sent to the engine", () => {
    const lines = readFileSync(join(root, "Dockerfile"), "utf8").split("\n");
    const copied = lines
      .filter((line) => /^COPY (?!--from)/.test(line))
      .flatMap((line) => line.split(" ").slice(1, -1));
    const sent: string[] = readFileSync(join(root, ".dockerignore"), "utf8").match(/(?<=^!).*$/gm) ?? [];
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((path) => !sent.includes(path.split("/")[0] ?? ""))).toEqual([]);
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
