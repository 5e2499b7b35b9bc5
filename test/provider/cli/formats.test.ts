import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { definitionsSchema } from "../../../provider/definitions/index.ts";
import { group, ORDERS, withFiles } from "../definitions/support.ts";
import { runCli } from "./support.ts";

const FILES = {
  ".git/HEAD": "",
  "infra/teams/a,b%:1.yaml": `groups:\n${group("a").replace("account: a", "account: a-b")}${group('"x,y"')}`,
  "infra/teams/ok.yaml": ORDERS,
};

/** Runs in the folder `infra` of a repository; `ROOT` in the environment stands for the repository. */
function inRepository(argv: string[], env: Record<string, string> = {}) {
  return withFiles(FILES, (root) => {
    const filled = Object.entries(env).map(([name, value]) => [name, value.replace("ROOT", root)]);
    return runCli(join(root, "infra"), ["check", ...argv], { env: Object.fromEntries(filled) });
  });
}

describe("text", () => {
  it("names of files and of inputs begin no line of their own: a CI would take it for a command", async () => {
    const files = { "teams/a\n::error::b.yaml": `groups:\n  a: { "x\\n::error::y": 1 }\n` };
    const { code, out } = await withFiles(files, (folder) => runCli(folder, ["check"]));
    expect([code, out.match(/::error::/g)?.length]).toEqual([1, expect.any(Number)]);
    expect(out).not.toMatch(/^\s*::/m);
  });
});

it.each(["text", "json", "github", "sarif"])(
  "as %s nothing of a file turns the log or is a command in it",
  async (format) => {
    const odd = "##[add-mask]a \u202e [x](https://evil.example) \\u001b[2J";
    const files = { "teams/##[group]a.yaml": `owner: []\ngroups:\n  a: { "${odd}": 1 } # ${odd}\n` };
    const { code, out } = await withFiles(files, (folder) => runCli(folder, ["check", "--format", format]));
    expect(code).toBe(1);
    expect(out).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    const commands = out.split("\n").filter((line) => /##\[/.test(line) && !/^::error /.test(line));
    expect(commands).toEqual([]);
    if (format === "sarif") expect(out).not.toContain("](");
  },
);

describe("--json", () => {
  it("is one object with everything that the text says", async () => {
    const { code, out } = await inRepository(["--json"]);
    expect(code).toBe(1);
    const { files, definitions, problems } = JSON.parse(out);
    expect([files, definitions]).toEqual([2, 3]);
    expect(problems[0]).toMatchObject({
      code: "InvalidInput",
      severity: "error",
      rule: "DTS-5",
      file: "teams/a,b%:1.yaml",
      line: 2,
      definition: "groups.a",
    });
    expect((await inRepository(["--format", "json"])).out).toBe(out);
    expect((await inRepository(["--json", "--format", "text"])).code).toBe(2);
  });
});

describe("--format github", () => {
  it("is a workflow command for each problem, with paths from the repository and everything escaped", async () => {
    const { code, out } = await inRepository(["--format", "github"]);
    const [first, ...rest] = out.trimEnd().split("\n");
    expect(code).toBe(1);
    expect(first).toBe(
      "::error file=infra/teams/a%2Cb%25%3A1.yaml,line=2,endLine=2,col=61,endColumn=63,title=DTS-5 groups.a::" +
        'account must contain only A-Z, a-z, 0-9 and _, got "a-b" [DTS-5]',
    );
    expect(
      rest.every((line) =>
        /^::error file=[^:,]+,line=\d+,endLine=\d+,col=\d+,endColumn=\d+,title=[^:,]+::/.test(line),
      ),
    ).toBe(true);
    const ofWorkspace = await inRepository(["--format", "github"], { GITHUB_WORKSPACE: "ROOT/infra" });
    expect(ofWorkspace.out).toMatch(/^::error file=teams\//);
  });

  it("says nothing when nothing is wrong", async () => {
    expect(await inRepository(["--format", "github", "teams/ok.yaml"])).toMatchObject({ code: 0, out: "" });
  });
});

describe("--format sarif", () => {
  it("is a log with rules and regions", async () => {
    const { code, out } = await inRepository(["--format", "sarif"]);
    expect(code).toBe(1);
    const { version, $schema, runs } = JSON.parse(out);
    expect([version, $schema]).toEqual(["2.1.0", expect.stringContaining("sarif-schema-2.1.0.json")]);
    const [{ tool, results, columnKind }] = runs;
    expect([tool.driver.name, columnKind]).toEqual(["change-tracking", "utf16CodeUnits"]);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(tool.driver.rules).toContainEqual({
      id: "DTS-5",
      shortDescription: { text: "An account is made of A-Z, a-z, 0-9 and _ only." },
      helpUri: expect.stringMatching(/docs\/limits\.md$/),
    });
    expect(results[0]).toEqual({
      ruleId: "DTS-5",
      ruleIndex: expect.any(Number),
      level: "error",
      message: { text: expect.stringMatching(/^account must contain only/) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "infra/teams/a,b%25:1.yaml", uriBaseId: "%SRCROOT%" },
            region: { startLine: 2, startColumn: 61, endLine: 2, endColumn: 64 },
          },
          logicalLocations: [{ fullyQualifiedName: "groups.a" }],
        },
      ],
    });
  });
});

describe("--format sarif of odd names", () => {
  it("what divides the parts of an address is escaped in names of files", async () => {
    const files = { "teams/a#b?.yaml": "nothing: 1\n" };
    const { out } = await withFiles(files, (folder) => runCli(folder, ["check", "--format", "sarif"]));
    expect(out).toContain('"uri": "teams/a%23b%3F.yaml"');
  });
});

describe("schema", () => {
  it("prints the JSON Schema and takes nothing", async () => {
    const { code, out } = await runCli("/", ["schema"]);
    expect([code, JSON.parse(out)]).toEqual([0, definitionsSchema()]);
    expect((await runCli("/", ["schema", "x"])).code).toBe(2);
  });
});
