import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readDefinitions } from "../../../provider/definitions/index.ts";
import { brief, ORDERS, withFiles } from "./support.ts";

const EMPTY = "# nothing\n";

function read(folder: string, ...patterns: string[]) {
  const { files, problems } = readDefinitions(patterns, { folder });
  return { files: [...files], problems: brief(problems) };
}

describe("files", () => {
  const files = {
    "teams/b.yaml": EMPTY,
    "teams/a/one.yml": EMPTY,
    "teams/a/two.yaml": EMPTY,
    "teams/a/notes.txt": "x: [",
    "teams/.hidden/x.yaml": "x: [",
    "teams/node_modules/p/x.yaml": "x: [",
    "teams/Pulumi.yaml": "name: x\n",
    "teams/Pulumi.dev.yaml": "config: {}\n",
    "teams/folder.yaml/in.yaml": EMPTY,
  };
  const all = ["teams/a/one.yml", "teams/a/two.yaml", "teams/b.yaml", "teams/folder.yaml/in.yaml"];

  it("of a folder are all that end in .yaml or .yml, in the order of their names, each once", () => {
    withFiles(files, (folder) => {
      expect(read(folder, "teams")).toEqual({ files: all, problems: [] });
      expect(read(folder, "teams/", "./teams", "teams/b.yaml", join(folder, "teams"))).toEqual({
        files: all,
        problems: [],
      });
      expect(read(folder, "teams/**/*.{yaml,yml}").files).toEqual(all);
      expect(read(folder, "teams/*/*.yaml").files).toEqual(["teams/a/two.yaml", "teams/folder.yaml/in.yaml"]);
      // A folder that a glob names counts as one.
      expect(read(folder, "teams/*.yaml").files).toEqual(["teams/b.yaml", "teams/folder.yaml/in.yaml"]);
      expect(read(join(folder, "teams/a"), "..").files).toEqual([
        "../b.yaml",
        "../folder.yaml/in.yaml",
        "one.yml",
        "two.yaml",
      ]);
      // What is named is read whatever it is called.
      expect(read(folder, "teams/Pulumi.yaml")).toMatchObject({
        problems: ["teams/Pulumi.yaml:1:1 UnknownKey"],
      });
    });
  });

  it("that are not there are told by the pattern", () => {
    withFiles({ ...files, "empty/x.txt": "" }, (folder) => {
      for (const pattern of ["nobody", "nobody.yaml", "teams/*.json", "empty"]) {
        expect(read(folder, pattern, "teams/b.yaml")).toEqual({
          files: ["teams/b.yaml"],
          problems: [`${pattern}:1:1 NoFiles`],
        });
      }
    });
  });

  it("that are links are read inside of the folder, refused outside, and told when they lead nowhere", () => {
    withFiles({ "out/o.yaml": ORDERS, "work/teams/a.yaml": EMPTY }, (base) => {
      const folder = join(base, "work");
      const link = (target: string, name: string) => symlinkSync(target, join(folder, "teams", name));
      link("a.yaml", "same.yaml");
      link("../../out/o.yaml", "out.yaml");
      link("nobody.yaml", "broken.yaml");
      link("loop.yaml", "loop.yaml");
      link("../../out", "folder");
      expect(read(folder, "teams")).toEqual({
        files: ["teams/a.yaml", "teams/broken.yaml", "teams/loop.yaml", "teams/same.yaml"],
        problems: [
          "teams/broken.yaml:1:1 NotReadable",
          "teams/loop.yaml:1:1 NotReadable",
          "teams/out.yaml:1:1 OutsideFolder",
        ],
      });
      // Whoever names a folder elsewhere wants it.
      expect(read(folder, "../out")).toEqual({ files: ["../out/o.yaml"], problems: [] });
    });
  });

  it.skipIf(process.getuid?.() === 0)("that may not be read are told", () => {
    withFiles({ "teams/a.yaml": EMPTY }, (folder) => {
      chmodSync(join(folder, "teams/a.yaml"), 0);
      expect(read(folder, "teams").problems).toEqual(["teams/a.yaml:1:1 NotReadable"]);
    });
  });

  it("that are no UTF-8 text, hold NUL or are too large are told, and the others are read all the same", () => {
    withFiles(
      {
        "teams/a.yaml": new Uint8Array([0x6f, 0x3a, 0x20, 0xe4, 0x0a]),
        "teams/b.yaml": new Uint8Array([0xff, 0xfe, 0x6f, 0x00]),
        "teams/c.yaml": "owner: me\nx: a\0b\n",
        "teams/d.yaml": `# ${"x".repeat(10 * 1024 * 1024)}`,
        "teams/e.yaml": "groups:\n  a: { platform: iot, name: 运维 , colour: red }\n",
      },
      (folder) => {
        expect(read(folder, "teams").problems).toEqual([
          "teams/a.yaml:1:1 NotText",
          "teams/b.yaml:1:1 NotText",
          "teams/c.yaml:2:5 NotText",
          "teams/d.yaml:1:1 TooLarge",
          "teams/e.yaml:2:34 InvalidInput groups.a",
        ]);
      },
    );
  });

  it("that cannot be read keep references from being called unknown: nobody knows what they define", () => {
    const groups =
      "groups:\n  a: { platform: changeTracking, instance: orders, account: a, password: { config: a } }\n";
    withFiles({ "teams/a.yaml": groups, "teams/b.yaml": "instances: [\n" }, (folder) => {
      expect(read(folder, "teams").problems).toEqual(["teams/b.yaml:2:1 InvalidYaml"]);
      writeFileSync(join(folder, "teams/b.yaml"), EMPTY);
      expect(read(folder, "teams").problems).toEqual(["teams/a.yaml:2:44 UnknownReference groups.a"]);
    });
  });

  it("with odd names are found by them", () => {
    withFiles({}, (folder) => {
      mkdirSync(join(folder, "teams [1]"));
      writeFileSync(join(folder, "teams [1]", "a{b}.yaml"), EMPTY);
      expect(read(folder, "teams [1]").files).toEqual(["teams [1]/a{b}.yaml"]);
      expect(read(folder, "teams [1]/a{b}.yaml").files).toEqual(["teams [1]/a{b}.yaml"]);
    });
  });
});
