import { describe, expect, it } from "vitest";
import { problemsText } from "../../../provider/definitions/index.ts";
import { brief, group, ORDERS, readAll } from "./support.ts";

const HIDDEN = "hunter2-Secret";

/** Everything that a run says, in every form. */
function said(text: string): string {
  const { problems } = readAll(text);
  return `${JSON.stringify(problems)}\n${problemsText(problems)}`;
}

describe("secrets", () => {
  it.each([
    [
      "an input",
      ORDERS.replace("{ config: source }", HIDDEN),
      ["teams/a.yaml:3:73 LiteralSecret instances.orders"],
    ],
    [
      "a list",
      ORDERS.replace("{ config: source }", `[${HIDDEN}]`),
      ["teams/a.yaml:3:73 LiteralSecret instances.orders"],
    ],
    [
      "another form",
      ORDERS.replace("{ config: source }", `{ value: ${HIDDEN} }`),
      ["teams/a.yaml:3:73 LiteralSecret instances.orders"],
    ],
    [
      "a misspelt input",
      `${ORDERS}groups:\n${group("a", `, passwrod: ${HIDDEN}`)}`,
      ["teams/a.yaml:6:93 InvalidInput groups.a", "teams/a.yaml:6:93 LiteralSecret groups.a"],
    ],
    [
      "a key that no list knows",
      `${ORDERS}groups:\n${group("a", `, kennwort: ${HIDDEN}`)}`,
      ["teams/a.yaml:6:93 InvalidInput groups.a"],
    ],
    [
      "a map of its own",
      `secrets:\n  one: ${HIDDEN}\n`,
      ["teams/a.yaml:1:1 LiteralSecret", "teams/a.yaml:1:1 UnknownKey"],
    ],
    [
      "an anchor elsewhere",
      `${ORDERS.replace("{ config: source }", "*pw")}`.replace(
        "instances:",
        `owner: &pw ${HIDDEN}\ninstances:`,
      ),
      ["teams/a.yaml:4:73 LiteralSecret instances.orders"],
    ],
    [
      "an anchor in a key that no list knows",
      `common: &pw ${HIDDEN}\n${ORDERS.replace("{ config: source }", "*pw")}`,
      ["teams/a.yaml:1:1 UnknownKey", "teams/a.yaml:4:73 LiteralSecret instances.orders"],
    ],
    [
      "an anchor beside a mistake",
      `instances:\n  a:\n    tags: { team: &pw ${HIDDEN}, level: 7 }\n    objects: { shop: {} }\n    source: { engine: MySQL, accessMethod: RDS, instanceId: rm-1, password: *pw }\n`,
      ["teams/a.yaml:3:46 InvalidInput instances.a", "teams/a.yaml:5:67 LiteralSecret instances.a"],
    ],
    [
      "a broken line as JSON has it",
      `groups:\n  a: {'password':'${HIDDEN}', x: }}\n`,
      ["teams/a.yaml:2:40 InvalidYaml"],
    ],
    [
      "a broken line in which a text goes on",
      `groups:\n  a: { password: "begin\n    ${HIDDEN}", x: }}\n`,
      ["teams/a.yaml:3:26 InvalidYaml"],
    ],
    [
      "a block",
      `instances:\n  a:\n    source:\n      password: |\n        ${HIDDEN}\n      engine: Mysql\n      accessMethod: RDS\n      instanceId: rm-1\n    objects: { shop: {} }\n`,
      ["teams/a.yaml:4:7 LiteralSecret instances.a", "teams/a.yaml:6:15 InvalidInput instances.a"],
    ],
    ["a broken file", `groups:\n  a: { password: ${HIDDEN}, x\n`, ["teams/a.yaml:3:1 InvalidYaml"]],
    [
      "a broken line",
      `groups:\n  a:\n    password: "${HIDDEN}" and more\n`,
      ["teams/a.yaml:3:32 InvalidYaml"],
    ],
    [
      "a broken block",
      `groups:\n  a:\n    password:\n      ${HIDDEN}: b: c\n`,
      ["teams/a.yaml:4:23 InvalidYaml"],
    ],
  ])("a literal is refused and never repeated: %s", (_, text, expected) => {
    expect(brief(readAll(text).problems).sort()).toEqual(expected.sort());
    expect(said(text)).not.toContain(HIDDEN);
    expect(said(text)).not.toContain("hunter2");
  });

  it("a source line that holds one is shown without it, and the caret stays in its place", () => {
    const text = `${ORDERS}groups:\n  a: { password: ${HIDDEN}, platform: changeTracking, instance: orders, account: a-b }\n`;
    const { problems } = readAll(text);
    const shown = problems.find(({ code }) => code === "InvalidInput")?.excerpt;
    expect(shown?.text).toBe("  a: { password: ***");
    expect(problemsText(problems)).not.toContain("hunter2");
  });

  it("the forms are checked, and tell nothing of a value that may be a secret", () => {
    const secretAs = (form: string) => readAll(ORDERS.replace("{ config: source }", form)).problems;
    for (const form of [
      "{ config: 5 }",
      "{ config: a b }",
      "{ env: 1X }",
      "{ env: A, config: b }",
      "{ config: a:b:c }",
      "{ config: '$(id)' }",
      "{ config: a;id }",
      "{ config: --plaintext }",
      '{ config: "a\\u202eb" }',
      "{ env: A B }",
      "{ Config: a }",
      "{ ENV: A }",
    ]) {
      expect(brief(secretAs(form))).toEqual(["teams/a.yaml:3:73 InvalidSecret instances.orders"]);
    }
    for (const form of ["{ config: a }", "{ config: größe.a-b/c_1 }", "{ env: CHANGE_TRACKING_SECRET_1 }"])
      expect(secretAs(form)).toEqual([]);
  });

  it("names that people choose say nothing: databases, tags, columns", () => {
    const text = `${ORDERS.replace("shop:", "passwords:")}    tags: { token: blue }
groups:
${group("a")}tasks:
  t:
    source: { group: a }
    sink:
      version: "5.x"
      instance: rmq-1
      topic: t
      body: { form: template, parameters: { secret: $.data.secret }, template: "\${secret}" }
    filter: { data: { secret: [x] } }
`;
    expect(readAll(text).problems).toEqual([]);
  });

  it("only those meant for definitions may be named, wherever they go, and of others nobody learns whether they are there", () => {
    const asked: string[] = [];
    const text = `${ORDERS.replace("{ config: source }", "{ env: ALIBABA_CLOUD_ACCESS_KEY_SECRET }")}groups:
${group("a").replace("{ config: group }", '{ config: "changetracking:accessKeySecret" }')}${group("b").replace("{ config: group }", "{ env: CHANGE_TRACKING_SECRET_B }")}`;
    const isThere = ({ name }: { name: string }) => asked.push(name) < 0;
    const { problems } = readAll(text, { secrets: isThere });
    expect(problems.map(({ code, line, column, message }) => [code, line, column, message])).toEqual([
      [
        "ForbiddenSecret",
        3,
        83,
        "source.password must not take the variable ALIBABA_CLOUD_ACCESS_KEY_SECRET: definitions may take variables that match " +
          "CHANGE_TRACKING_SECRET_*. Use such a one, or allow it: loadDefinitions, secrets.env, and check --secrets-env",
      ],
      [
        "ForbiddenSecret",
        6,
        74,
        "password must not take the key changetracking:accessKeySecret of the stack's configuration: definitions may take keys " +
          "that match *. Use such a one, or allow it: loadDefinitions, secrets.config, and check --secrets-config",
      ],
      [
        "MissingSecret",
        7,
        74,
        expect.stringContaining("the variable CHANGE_TRACKING_SECRET_B, which is not set"),
      ],
    ]);
    expect(asked).toEqual(["CHANGE_TRACKING_SECRET_B"]);
  });

  it.each([
    ["{ env: TEAM_PW }", { env: ["TEAM_*"] }, []],
    ["{ env: XTEAM_PW }", { env: ["TEAM_*"] }, ["ForbiddenSecret"]],
    ["{ env: team_pw }", { env: ["TEAM_*"] }, ["ForbiddenSecret"]],
    ["{ env: PATH }", { env: [] }, ["ForbiddenSecret"]],
    ["{ env: CHANGE_TRACKING_SECRET_A }", { env: ["TEAM_*"] }, ["ForbiddenSecret"]],
    ["{ env: AXB }", { env: ["A.B"] }, ["ForbiddenSecret"]],
    ["{ env: CHANGE_TRACKING_ACCESS_KEY_SECRET }", {}, ["ForbiddenSecret"]],
    ["{ config: 'shared:a' }", {}, ["ForbiddenSecret"]],
    ["{ config: 'shared:a' }", { config: ["shared:*"] }, []],
    ["{ config: a }", { config: ["shared:*"] }, ["ForbiddenSecret"]],
    ["{ config: 'sharedx:a' }", { config: ["*", "shared:*"] }, ["ForbiddenSecret"]],
    ["{ config: a.b-c }", { config: ["a.b-c"] }, []],
    ["{ config: a }", { env: ["TEAM_*"] }, []],
  ])("%s with %j", (form, secretSources, codes) => {
    const { problems } = readAll(ORDERS.replace("{ config: source }", form), { secretSources });
    expect(problems.map(({ code }) => code)).toEqual(codes);
  });

  it("those that are missing are told all at once where somebody looks for them", () => {
    const { problems } = readAll(`${ORDERS}groups:\n${group("a")}`, { secrets: ({ name }) => name === "x" });
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      [
        "MissingSecret",
        "source.password takes its value from source of the stack's configuration, which is not set: pulumi config set --secret source",
      ],
      ["MissingSecret", expect.stringContaining("password takes its value from group of")],
    ]);
  });
});
