import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { withFiles } from "../../definitions/support.ts";
import { runCli } from "../support.ts";

/** What `fmt` makes of a file's text, and what it says. */
const formatted = (text: string, argv: string[] = []) =>
  withFiles({ "teams/a.yaml": text }, async (folder) => {
    const ran = await runCli(folder, ["fmt", ...argv]);
    return { ...ran, text: readFileSync(join(folder, "teams/a.yaml"), "utf8") };
  });

const UNORDERED = `# yaml-language-server: $schema=./x.json
# The payments team.

# what they read
groups: # of payments
  # the tenth
  team10:
    account: team10 # said by them
    platform: changeTracking
    # not yet: forceUnsubscribe
    instance: orders

  # the second,
  # in braces

  team2: { password: { config: a }, account: "a: b", platform: changeTracking } # short
# who they are
owner: payments
instances:
  orders:
    tags: { z: "1", a: "2" }
    region: cn-hangzhou
    objects:
      shop: { tables: [b, a] }
    # where it comes from
    source:
      password: { config: a }
      engine: PostgreSQL

# the end
`;

const ORDERED = `# yaml-language-server: $schema=./x.json
# The payments team.

# who they are
owner: payments
instances:
  orders:
    region: cn-hangzhou
    # where it comes from
    source:
      engine: PostgreSQL
      password: { config: a }
    objects:
      shop: { tables: [b, a] }
    tags: { z: "1", a: "2" }
# what they read
groups: # of payments
  # the second,
  # in braces

  team2: { platform: changeTracking, account: "a: b", password: { config: a } } # short

  # the tenth
  team10:
    platform: changeTracking
    # not yet: forceUnsubscribe
    instance: orders
    account: team10 # said by them

# the end
`;

describe("change-tracking fmt", () => {
  it("orders keys; comments go with what they stand above", async () => {
    const { text, code, out, err } = await formatted(UNORDERED);
    expect(text).toBe(ORDERED);
    expect({ code, out, err }).toEqual({ code: 0, out: "teams/a.yaml\n1 file: 1 changed.\n", err: "" });
    expect(await formatted(ORDERED)).toEqual({
      code: 0,
      out: "1 file: all in order.\n",
      err: "",
      text: ORDERED,
    });
  });

  it("--check writes nothing and ends with 1 where something is not in order", async () => {
    expect(await formatted(UNORDERED, ["--check"])).toEqual({
      code: 1,
      out: "teams/a.yaml is not in order\n1 file: 1 not in order.\n",
      err: "",
      text: UNORDERED,
    });
    expect((await formatted(ORDERED, ["--check"])).code).toBe(0);
  });

  it("names of files begin no line that a CI takes for a command", async () => {
    const files = { "::error::a.yaml": "tasks: {}\ngroups: {}\n", "b\n::error::b.yaml": "a: &a 1\nb: *a\n" };
    const { out, err } = await withFiles(files, (folder) => runCli(folder, ["fmt", "--check", "."]));
    expect([out.match(/::error::/g)?.length, err.match(/::error::/g)?.length]).toEqual([1, 1]);
    expect(out + err).not.toMatch(/^\s*::/m);
  });

  it("leaves a file with aliases as it is, and one that is no YAML, which it names", async () => {
    const aliases = "owner: x\nalerts: {}\ngroups:\n  a: &a { account: x, platform: iot }\n  b: *a\n";
    const left = await formatted(aliases);
    expect([left.code, left.text]).toEqual([0, aliases]);
    expect(left.err).toMatch(/^teams\/a\.yaml: left as it is: it has aliases/);
    const broken = await formatted("groups:\n\ta: 1\n");
    expect([broken.code, broken.text]).toEqual([2, "groups:\n\ta: 1\n"]);
    expect(broken.err).toMatch(/^teams\/a\.yaml:2:1: error: is indented with a tab/);
    const none = await withFiles({}, (folder) => runCli(folder, ["fmt"]));
    expect(none.code).toBe(2);
  });

  it.each([
    [
      "line ends of Windows",
      "owner: a\r\ngroups:\r\n  b:\r\n    account: x\r\n    platform: iot\r\n",
      "\r\n    platform: iot\r\n    account: x\r\n",
    ],
    ["no line end at the end", "groups: {}\nowner: a", "owner: a\ngroups: {}\n"],
    [
      "a text in a block, whose lines look like comments",
      "groups:\n  a:\n    name: |\n      # x\n\n      y\n    platform: iot\n",
      "  a:\n    platform: iot\n    name: |\n      # x\n\n      y\n",
    ],
    ["an empty mapping", "groups: {}\n", "groups: {}\n"],
    ["nothing but comments", "# nothing\n", "# nothing\n"],
    ["keys in questions", "? groups\n: {}\nowner: a\n", "? groups\n: {}\nowner: a\n"],
  ])("takes %s", async (_, text, part) => {
    const once = await formatted(text);
    expect(once.text).toContain(part);
    expect(parse(once.text)).toEqual(parse(text));
    expect((await formatted(once.text)).text).toBe(once.text);
  });

  it("keeps the file's rights, and writes where a link leads", async () => {
    await withFiles({ "teams/real/a.yaml": "groups: {}\nowner: a\n" }, async (folder) => {
      chmodSync(join(folder, "teams/real/a.yaml"), 0o640);
      symlinkSync(join(folder, "teams/real/a.yaml"), join(folder, "teams/a.yaml"));
      expect((await runCli(folder, ["fmt", "teams/a.yaml"])).code).toBe(0);
      expect(lstatSync(join(folder, "teams/a.yaml")).isSymbolicLink()).toBe(true);
      expect(readFileSync(join(folder, "teams/real/a.yaml"), "utf8")).toBe("owner: a\ngroups: {}\n");
      expect(statSync(join(folder, "teams/real/a.yaml")).mode & 0o777).toBe(0o640);
    });
  });
});
