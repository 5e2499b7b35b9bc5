import { describe, expect, it } from "vitest";
import { brief, group, ORDERS, readAll } from "./support.ts";

const found = (text: string) => brief(readAll(text).problems);
const messages = (text: string) => readAll(text).problems.map((one) => one.message);
const names = (text: string) => readAll(text).definitions.map((one) => one.name);

describe("YAML's traps", () => {
  it("a key that stands twice is refused at its second place, in maps and in inputs", () => {
    expect(found(`${ORDERS}groups:\n${group("a")}${group("a")}`)).toEqual(["teams/a.yaml:7:3 DuplicateKey"]);
    expect(found(`${ORDERS}    objects: { crm: {} }\n`)).toEqual(["teams/a.yaml:5:5 DuplicateKey"]);
    expect(found("owner: a\nowner: b\n")).toEqual(["teams/a.yaml:2:1 DuplicateKey"]);
  });

  it("anchors and aliases stand for what they name; the last anchor before counts", () => {
    const { definitions, problems } = readAll(`instances:
  a: { source: &s { engine: MySQL, accessMethod: RDS, instanceId: &id rm-1 }, objects: { shop: {} } }
  b: { source: *s, objects: { crm: {} }, tags: { source: *id } }
`);
    expect(problems).toEqual([]);
    expect(definitions[1]?.inputs).toMatchObject({
      source: { instanceId: "rm-1" },
      tags: { source: "rm-1" },
    });
    expect(found("owner: *nobody\n")).toEqual(["teams/a.yaml:1:8 UnknownAlias"]);
  });

  it("what is wrong with an aliased value is told at the alias", () => {
    expect(
      found(
        `x: &bad { engine: Mysql, accessMethod: RDS, instanceId: rm-1 }\n${ORDERS.replace(/source: .*/, "source: *bad")}`,
      ),
    ).toEqual(["teams/a.yaml:1:1 UnknownKey", "teams/a.yaml:4:13 InvalidInput instances.orders"]);
  });

  it("a billion laughs are counted, not expanded", () => {
    const lines = Array.from({ length: 20 }, (_, at) => {
      const below =
        at === 0
          ? "ha"
          : Array(9)
              .fill(`*l${at - 1}`)
              .join(", ");
      return `l${at}: &l${at} [${below}]`;
    });
    const startedMs = performance.now();
    expect(readAll(lines.join("\n")).problems.filter(({ code }) => code === "TooManyValues")).not.toEqual([]);
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });

  it("an alias that holds itself is refused", () => {
    expect(found("x: &x [1, *x]\n")).toEqual(["teams/a.yaml:1:1 UnknownKey", "teams/a.yaml:1:11 TooDeep"]);
  });

  it("merge keys are refused", () => {
    expect(found(`instances:\n  a: &a\n    objects: { shop: {} }\n  b:\n    <<: *a\n`)).toContain(
      "teams/a.yaml:5:5 MergeKey",
    );
  });

  it("a second document is refused", () => {
    expect(found(`${ORDERS}---\ngroups: {}\n`)).toEqual(["teams/a.yaml:5:1 SeveralDocuments"]);
    // One with its own marks is fine.
    expect(found(`---\n${ORDERS}...\n`)).toEqual([]);
  });

  it("tabs as indentation, and other slips of syntax, are told by line without repeating what stands there", () => {
    expect(found("groups:\n\ta: {}\n")).toEqual(["teams/a.yaml:2:1 InvalidYaml"]);
    expect(messages("groups:\n\ta: {}\n")[0]).toMatch(/tab/);
    expect(found("groups:\n  a: { platform: iot\n")).toEqual(["teams/a.yaml:3:1 InvalidYaml"]);
    expect(found("groups: a: b\n")).toEqual(["teams/a.yaml:1:9 InvalidYaml"]);
    expect(found('owner: "x\n')).toEqual(["teams/a.yaml:2:1 InvalidYaml"]);
  });

  it("yes, no, on and off are texts, as YAML 1.2 has them; true and 1 are none", () => {
    const named = (name: string) =>
      `groups:\n  ${name}: { platform: iot, name: group_${name.replace(/\W/g, "")} }\n`;
    for (const name of ["no", "yes", "on", "off", "NO", '"1"', "1st", "1.2.3"]) {
      expect(names(named(name))).toEqual([name.replaceAll('"', "")]);
    }
    for (const name of ["1", "007", "1.0", "0x10", "1e3", "true", "null", "~"]) {
      expect(found(named(name))).toEqual(["teams/a.yaml:2:3 NameNotText"]);
    }
    expect(messages(named("007"))[0]).toContain('write "007" in quotes');
    expect(found(`${ORDERS}    tags: { team: no, level: 7 }\n`)).toEqual([
      "teams/a.yaml:5:30 InvalidInput instances.orders",
    ]);
    expect(found("%YAML 1.1\n---\ngroups: {}\n")).toEqual(["teams/a.yaml:1:1 InvalidYaml"]);
  });

  it("lists and mappings are no keys", () => {
    expect(found("? [a, b]\n: 1\n")).toEqual(["teams/a.yaml:1:3 NameNotText"]);
  });

  it("__proto__ is no name", () => {
    expect(found("groups:\n  __proto__: { platform: iot }\n")).toEqual(["teams/a.yaml:2:3 InvalidName"]);
    expect(found("groups:\n  a::b: { platform: iot, name: group }\n")).toEqual([
      "teams/a.yaml:2:3 InvalidName",
    ]);
    expect(found(`groups:\n  "": { platform: iot, name: group }\n`)).toEqual([
      "teams/a.yaml:2:3 InvalidName",
    ]);
    expect(names("groups:\n  constructor: { platform: iot }\n")).toEqual(["constructor"]);
  });

  it.each(["\\u202e", "\\u2067", "\\u2028", "\\u0085", "\\ud800", "a::b"])(
    "a name has nothing that is not seen: %s",
    (odd) => {
      expect(found(`groups:\n  "b${odd}": { platform: iot }\n`)).toEqual(["teams/a.yaml:2:3 InvalidName"]);
    },
  );

  it("CRLF and a byte order mark change no place", () => {
    const text = `\ufeff${ORDERS}groups:\n${group("a").replace("account: a", "account: a-")}`;
    const { problems } = readAll(text.replaceAll("\n", "\r\n"));
    expect(brief(problems)).toEqual(["teams/a.yaml:6:61 InvalidInput [DTS-5] groups.a"]);
    expect(problems[0]?.excerpt?.text).not.toMatch(/[\r\n]/);
  });

  it("tags of one's own are refused, those of the core schema are read", () => {
    expect(found("owner: !mine x\n")).toEqual(["teams/a.yaml:1:8 CustomTag"]);
    expect(found("owner: !!js/function x\n")).toEqual(["teams/a.yaml:1:8 CustomTag"]);
    expect(found("owner: !!str 5\n")).toEqual([]);
  });

  it("an empty file and one of comments only define nothing", () => {
    for (const text of ["", "\n", "# later\n", "---\n", "groups:\n", "owner: me\n"]) {
      expect(readAll(text)).toMatchObject({ definitions: [], problems: [] });
    }
    expect(found("just words\n")).toEqual(["teams/a.yaml:1:1 NotAMapping"]);
    expect(found("- a\n")).toEqual(["teams/a.yaml:1:1 NotAMapping"]);
    expect(found("groups: [a]\n")).toEqual(["teams/a.yaml:1:9 NotAMapping"]);
    expect(found("groups:\n  a:\n  b: 5\n")).toEqual([
      "teams/a.yaml:2:3 NotAMapping",
      "teams/a.yaml:3:3 NotAMapping",
    ]);
    const [below, blank, neither] = readAll("groups:\n  a:\n  b: platform:iot\n  c: 5\n").problems;
    expect(below?.message).toBe(
      "groups.a must be a mapping of inputs: nothing stands below it, or what does is not indented",
    );
    expect(blank?.message).toBe("groups.b must be a mapping of inputs: a blank is missing behind a colon");
    expect(neither?.message).toBe("groups.c must be a mapping of inputs");
    expect(found("owner: 5\n")).toEqual(["teams/a.yaml:1:8 InvalidOwner"]);
  });

  it.each([
    ["brackets", "x: ".concat("[".repeat(200_000))],
    ["braces", "{a: ".repeat(100_000)],
    ["dashes", "- ".repeat(100_000)],
    ["blocks", Array.from({ length: 300 }, (_, at) => `${" ".repeat(at)}a:`).join("\n")],
  ])("deep nesting ends soon: %s", (_, text) => {
    const startedMs = performance.now();
    const codes = readAll(text).problems.map((one) => one.code);
    expect(codes).toContain("TooDeep");
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });

  // Quadratic in the line or in what is hidden, each of these took minutes; and a call takes only so many arguments.
  it.each([
    ["a long word", `owner: ${"a".repeat(1_000_000)}\n`, 1],
    ["a long line of mistakes", `{ ${"1: a, ".repeat(100_000)} }\n`, 10_001],
    ["a line for each mistake", "1:\n".repeat(200_000), 10_001],
    [
      "secrets in clear",
      `groups:\n  a:\n${Array.from({ length: 20_000 }, (_, at) => `    password${at}: x\n`).join("")}`,
      undefined,
    ],
  ])("a file of mistakes only ends soon: %s", { timeout: 60_000 }, (_, text, count) => {
    const startedMs = performance.now();
    const { problems } = readAll(text);
    expect(performance.now() - startedMs).toBeLessThan(20_000);
    if (count !== undefined) expect(problems).toHaveLength(count);
    expect(problems.length).toBeGreaterThan(0);
  });

  it("very many mistakes are all counted, in a time that fits", () => {
    const text = `groups:\n${Array.from({ length: 5_000 }, (_, at) => `  g${at}: 1\n`).join("")}`;
    const startedMs = performance.now();
    expect(readAll(text).problems).toHaveLength(5_000);
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });
});
