import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bytesOf } from "../../../provider/definitions/file-bytes.ts";
import { readDefinitions } from "../../../provider/definitions/index.ts";
import { brief, withFiles } from "./support.ts";

it("a file is read up to the most that is taken", () =>
  withFiles({ a: "x".repeat(1_048_576), b: "x".repeat(1_048_577), c: "" }, (folder) => {
    const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => bytesOf(join(folder, name)));
    expect([a, c].map((one) => Buffer.isBuffer(one) && one.length)).toEqual([1_048_576, 0]);
    expect(b).toEqual({ code: "TooLarge", message: expect.stringContaining("has 1048577 bytes") });
    expect(d).toEqual({ code: "NotReadable", message: expect.stringContaining("ENOENT") });
  }));

describe.runIf(process.platform === "linux")("what is no file", () => {
  it("that has more than it said is not read to its end", () => {
    expect(bytesOf("/proc/self/maps")).toEqual({
      code: "NotReadable",
      message: expect.stringContaining("grew"),
    });
  });

  it("is told, and a pipe that nobody writes to is not waited for", () =>
    withFiles({ "teams/ok.yaml": "owner: me\n" }, (folder) => {
      execFileSync("mkfifo", [join(folder, "teams/a.yaml")]);
      symlinkSync("a.yaml", join(folder, "teams/b.yaml"));
      symlinkSync("/dev/zero", join(folder, "teams/c.yaml"));
      const { problems, files } = readDefinitions(["teams"], { folder });
      expect(brief(problems)).toEqual([
        "teams/a.yaml:1:1 NotReadable",
        "teams/b.yaml:1:1 NotReadable",
        "teams/c.yaml:1:1 OutsideFolder",
      ]);
      expect(files).toContain("teams/ok.yaml");
    }));
});
