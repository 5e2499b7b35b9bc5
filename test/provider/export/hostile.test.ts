import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { textOf } from "../../../provider/cli/commands/export.ts";
import { writeNewFiles } from "../../../provider/cli/new-files.ts";
import { readDefinitions } from "../../../provider/definitions/index.ts";
import { CONFIG_KEY } from "../../../provider/definitions/secrets.ts";
import { definitionsOf } from "../../../provider/export/definitions.ts";
import { withFiles } from "../definitions/support.ts";

/* A service may hold things of any name: nothing of them leaves the folder, is lost, or means something in YAML or a shell. */

const NAMES = [
  ...[
    "../../etc/hosts",
    "..",
    "a/b",
    "a\\b",
    "CON",
    "nul",
    "com1",
    "AUX.x",
    "Pulumi",
    "Pulumi.prod",
    "PULUMI",
  ],
  ...[
    "A",
    "a",
    "ä",
    "a\u0308",
    "😀".repeat(60),
    `${"x".repeat(99)}𝐱`,
    `${"x".repeat(99)}.y`,
    "-rf",
    "--flag",
  ],
  ...[
    "__proto__",
    "constructor",
    "a\nb: c",
    "\u202eevil",
    "$(id)",
    "`id`",
    ";id",
    "",
    "   ",
    "...",
    "x\u0000y",
  ],
  ...[
    "~",
    "null",
    "yes",
    "0x1",
    "1e3",
    "007",
    "tasks",
    "alerts",
    "<<",
    "*a",
    "&a",
    "!x",
    "%x",
    "@x",
    "a: b",
    "# c",
  ],
  ...["'", '"', "\u2028", "\u0085", "\ufeff", "\ud800", "a\u200db", "ﬀ", "İ", "ſ", "K"],
];
const tree = (name: string) => ({ text: name, map: { [`k${name}`]: name }, list: [name] });

const FOUND = {
  instances: NAMES.map((name, at) => ({
    id: `dts${at}`,
    inputs: { name, source: { engine: "MySQL", user: name, password: "Planted-1" }, tags: tree(name) },
    groups: [
      { id: `g${at}`, inputs: { name, platform: "changeTracking", account: name, password: "Planted-2" } },
    ],
  })),
  tasks: NAMES.map((name, at) => ({
    id: `t${at}`,
    inputs: { name, source: { groupId: `g${at}`, password: "Planted-3" }, sink: tree(name) },
  })),
  alerts: NAMES.map((name, at) => ({
    id: `r${at}`,
    inputs: { name, product: "rocketmq", range: { kind: "all" }, callbackUrl: "https://h/?token=Planted-4" },
  })),
  leftOut: [],
};

const exported = definitionsOf(FOUND);
const names = Object.keys(exported.files);

it("names of files stay in their folder on every system", () => {
  expect(names).toHaveLength(NAMES.length + 2);
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  for (const name of names) {
    expect(name).toMatch(/^[^/\\:*?"<>|\p{C}\s]+\.yaml$/u);
    expect(name).not.toMatch(/^[-.]|^(con|prn|aux|nul|com\d|lpt\d)\./i);
    expect(name).not.toMatch(/^Pulumi\./i);
    expect(Buffer.byteLength(name)).toBeLessThan(256);
    expect(name.isWellFormed()).toBe(true);
  }
});

it("keys of secrets are such as may be copied into a shell, and no secret is anywhere", () => {
  expect(exported.secrets).toHaveLength(NAMES.length * 3);
  expect(exported.secrets.filter((key) => !CONFIG_KEY.test(key))).toEqual([]);
  expect(JSON.stringify(exported)).not.toContain("Planted");
});

it("what is written is read as it was", () => {
  for (const [name, content] of Object.entries(exported.files)) {
    expect(parse(textOf(name, content), { version: "1.2", schema: "core" })).toEqual(
      JSON.parse(JSON.stringify(content)),
    );
  }
  withFiles({}, (folder) => {
    const texts = Object.entries(exported.files).map(([name, content]) => [name, textOf(name, content)]);
    writeNewFiles(folder, Object.fromEntries(texts), folder);
    expect(readdirSync(folder).sort()).toEqual([...names].sort());
    const { definitions, problems } = readDefinitions(["."], { folder });
    expect(definitions).toHaveLength(NAMES.length * 4);
    const ofForm = problems.filter(({ code }) => !["InvalidInput", "Conflict", "Warning"].includes(code));
    expect(ofForm).toEqual([]);
  });
});
