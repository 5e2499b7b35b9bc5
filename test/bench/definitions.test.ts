import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Size, writeDefinitions } from "../../bench/definitions/files.ts";
import { readDefinitions } from "../../provider/definitions/index.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bench-definitions-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the files of the bench of definitions", () => {
  it.each<Size>([
    { files: 20, instances: 5, groups: 95 },
    { files: 3, instances: 5, groups: 4 },
    { files: 5, instances: 5, groups: 1 },
  ])("hold exactly what they are asked for, and nothing is wrong with it: %o", (size) => {
    writeDefinitions(join(folder, "teams"), size);
    const { definitions, problems, files } = readDefinitions(["teams"], { folder });
    expect(problems).toEqual([]);
    expect(files).toHaveLength(size.files);
    const names = (map: string) =>
      new Set(definitions.filter((one) => one.map === map).map(({ name }) => name));
    expect([names("instances").size, names("groups").size]).toEqual([size.instances, size.groups]);
  });
});
