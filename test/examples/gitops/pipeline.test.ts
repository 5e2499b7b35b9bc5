import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { root } from "../../../tools/paths.ts";
import { runCommand } from "../../../tools/ps.ts";

/*
 * Which commands pipeline.sh runs, in which order, and how it ends. Here they only write down how they were called; with
 * the real ones it runs in test/e2e/gitops-series.test.ts.
 */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pipeline-"));
  mkdirSync(join(folder, "bin"));
  mkdirSync(join(folder, "node_modules/pulumi-change-tracking"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A command that notes its arguments, leaves what an `--output` would, and ends with a status. */
function command(name: string, status: (args: string) => string): void {
  const path = join(folder, "bin", name);
  const text = `#!/bin/sh
echo "${name} $*" >> calls
for last in "$@"; do :; done
case "$last" in *.md) echo "the text of $last" > "$last";; esac
${status('"$*"')}
`;
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

async function pipeline(args: string[], env: Record<string, string> = {}) {
  const script = join(root, "examples/gitops/pipeline.sh");
  const path = `${join(folder, "bin")}${delimiter}${process.env.PATH}`;
  const ran = await runCommand("sh", [script, ...args], { cwd: folder, env: { ...env, PATH: path } });
  const file = join(folder, "calls");
  const calls = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  return { code: ran.code, out: ran.stdout, err: ran.stderr, calls };
}

const fine = () => "exit 0";
const endsWith = (code: number, word: string) => (args: string) =>
  `case ${args} in *" ${word} "*) exit ${code};; esac`;

/** The commands that a run calls, as a workflow file has them. */
async function steps(what: string, stack: string): Promise<string[]> {
  rmSync(join(folder, "calls"), { force: true });
  const { code, calls } = await pipeline([what], { STACK: stack });
  expect(code).toBe(0);
  return calls.map((call) => call.replace(" --no-install", "").replace(" --non-interactive", ""));
}

it("where the package is not installed nothing is run, and it ends as what could not look", async () => {
  for (const name of ["npx", "pulumi"]) command(name, fine);
  rmSync(join(folder, "node_modules"), { recursive: true });
  for (const what of ["pull-request", "merge", "nightly"]) {
    const { code, err, calls } = await pipeline([what]);
    expect([code, calls]).toEqual([2, []]);
    expect(err).toMatch(/^pipeline: pulumi-change-tracking is not installed in .*npm ci/);
  }
  // Also where a folder above has it.
  mkdirSync(join(folder, "node_modules/pulumi-change-tracking"), { recursive: true });
  mkdirSync(join(folder, "apps/one"), { recursive: true });
  const script = join(root, "examples/gitops/pipeline.sh");
  const path = `${join(folder, "bin")}${delimiter}${process.env.PATH}`;
  const below = await runCommand("sh", [script, "merge"], {
    cwd: join(folder, "apps/one"),
    env: { PATH: path },
  });
  expect(below.code).toBe(0);
});

it("a pull request: check, policies, review; a merge: check, up with the policies; by night: drift", async () => {
  command("npx", fine);
  command("pulumi", fine);
  mkdirSync(join(folder, "policy"));
  const policies = "--policy-pack policy --policy-pack-config policy/config.json";
  const check = "npx change-tracking check teams";
  const runs = {
    "pull-request.yml": await steps("pull-request", "local"),
    "up.yml": await steps("merge", "cloud"),
    "drift.yml": await steps("nightly", "cloud"),
  };
  expect(runs).toEqual({
    "pull-request.yml": [
      check,
      `pulumi preview --stack local ${policies}`,
      "npx change-tracking review --stack local --definitions teams --output review.md",
    ],
    "up.yml": [check, `pulumi up --yes --stack cloud ${policies}`],
    "drift.yml": ["npx change-tracking drift --stack cloud --definitions teams --output drift.md"],
  });
  // The workflow files have these, in this order.
  for (const [name, calls] of Object.entries(runs)) {
    const text = readFileSync(join(root, "examples/gitops/.github/workflows", name), "utf8");
    // A workflow puts the report beside the clone, where no file of the pull request can be taken for it.
    const workflow = text.replaceAll("--output ../", "--output ");
    const places = calls.map((call) => workflow.indexOf(call));
    expect([name, places]).toEqual([name, places.toSorted((a, b) => a - b)]);
    expect(places).not.toContain(-1);
  }
});

it("without policies none are asked, and settings name the stack, the folder and how the CLI gets policies", async () => {
  command("npx", fine);
  command("pulumi", fine);
  const env = { STACK: "prod", DEFINITIONS: "files", POLICY_PACK: "policy/start.sh" };
  expect((await pipeline(["merge"], env)).calls.at(-1)).toBe(
    "pulumi up --yes --stack prod --non-interactive",
  );
  mkdirSync(join(folder, "policy"));
  const { calls } = await pipeline(["pull-request"], env);
  expect(calls.join("\n")).toMatch(
    /check files\n.*--policy-pack policy\/start\.sh .*\n.*--definitions files /,
  );
});

it("ends as the first step that fails, and shows what a review says nonetheless", async () => {
  command("pulumi", fine);
  command("npx", endsWith(1, "check"));
  const checked = await pipeline(["merge"]);
  expect([checked.code, checked.calls.length]).toEqual([1, 1]);
  expect(checked.out).toBe("pipeline: check\npipeline: check ended with 1\n");
  command("npx", endsWith(2, "review"));
  const reviewed = await pipeline(["pull-request"]);
  expect([reviewed.code, reviewed.out]).toEqual([2, expect.stringContaining("the text of review.md")]);
  command("npx", fine);
  command("pulumi", () => "exit 255");
  const up = await pipeline(["merge"]);
  expect([up.code, up.out]).toEqual([255, expect.stringMatching(/up ended with 255\n$/)]);
});

it("says its usage for anything else, and runs nothing", async () => {
  command("npx", fine);
  for (const args of [[], ["deploy"]]) {
    const { code, err, calls } = await pipeline(args);
    expect([code, calls, err]).toEqual([2, [], expect.stringContaining("pull-request | merge | nightly")]);
  }
});
