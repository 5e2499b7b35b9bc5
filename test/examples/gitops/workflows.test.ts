import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { mustRun, runCommand } from "../../../tools/ps.ts";
import { runCli } from "../../provider/cli/support.ts";
import { needs } from "../../support/needs.ts";
import { root } from "../../support/sources.ts";

const folder = join(root, "examples/gitops");
const workflows = join(folder, ".github/workflows");
const names = readdirSync(workflows);
const text = (name: string) => readFileSync(join(workflows, name), "utf8");
const gitlab = readFileSync(join(folder, ".gitlab-ci.yml"), "utf8");
const all = [...names.map(text), gitlab, readFileSync(join(folder, "ci/local-stack.sh"), "utf8")];

async function complaints(content: string): Promise<string[]> {
  const parsed = parseWorkflow({ name: "workflow.yml", content }, new NoOperationTraceWriter());
  if (parsed.value) await convertWorkflowTemplate(parsed.context, parsed.value);
  return parsed.context.errors.getErrors().map(({ message }) => message);
}

describe("GitHub's own parser", () => {
  it.each(names)("takes %s", async (name) => {
    expect(await complaints(text(name))).toEqual([]);
  });

  it("refuses what is no workflow", async () => {
    expect(await complaints(text("up.yml").replace("runs-on", "run-on"))).not.toEqual([]);
    expect(await complaints(text("drift.yml").replace("!cancelled()", "!cancelld()"))).not.toEqual([]);
  });
});

/** What gitlab-ci-local, which holds files against GitLab's published schema, says of one. */
async function listed(content: string): Promise<{ code: number | null; said: string }> {
  const place = mkdtempSync(join(tmpdir(), "gitlab-ci-"));
  try {
    cpSync(join(folder, "ci"), join(place, "ci"), { recursive: true });
    writeFileSync(join(place, ".gitlab-ci.yml"), content);
    const git = (...args: string[]) => mustRun("git", args, { cwd: place });
    await git("init", "--quiet", "--initial-branch=main");
    await git("remote", "add", "origin", "https://gitlab.example/team/gitops.git");
    await git("add", ".");
    await git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "a");
    const program = join(root, "node_modules/gitlab-ci-local/dist/index.js");
    const result = await runCommand(process.execPath, [program, "--list-all"], {
      cwd: place,
      timeoutMs: 100_000,
    });
    return { code: result.code, said: result.stdout + result.stderr };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

describe("GitLab's published schema", () => {
  it("is kept", async () => {
    const { code, said } = await listed(gitlab);
    expect(code, said).toBe(0);
    for (const job of ["check", "review", "comment", "up", "drift"])
      expect(said).toMatch(new RegExp(`^${job} `, "m"));
  });

  it("refuses what does not keep it", async () => {
    const { code, said } = await listed(
      gitlab.replace("script:", "scripts:").replace("when: always", "when: ever"),
    );
    expect(code, said).not.toBe(0);
    expect(said).toMatch(/schema|invalid|must/i);
  });
});

describe("what runs with which rights", () => {
  interface Workflow {
    on: Record<string, unknown>;
    permissions: Record<string, string>;
    jobs: Record<string, { permissions?: Record<string, string>; steps: Step[] }>;
  }
  interface Step {
    uses?: string;
    run?: string;
    env?: Record<string, string>;
    with?: Record<string, string>;
  }
  const parsed = names.map((name) => parse(text(name)) as Workflow);

  it("no workflow has more than it needs, and nothing of a pull request runs where something may be written", () => {
    const rights = parsed.map(({ permissions, jobs }) => [
      permissions,
      ...Object.values(jobs).map((job) => job.permissions),
    ]);
    expect(Object.fromEntries(names.map((name, index) => [name, rights[index]]))).toEqual({
      "drift.yml": [{ contents: "read" }, undefined],
      "pull-request.yml": [{}, { contents: "read" }, { contents: "read", "pull-requests": "write" }],
      "up.yml": [{ contents: "read" }, undefined],
    });
    expect(parsed.filter(({ on }) => "pull_request_target" in on)).toEqual([]);
    expect(text("pull-request.yml")).not.toContain("secrets.");
  });

  it("a look at night never takes the place of an update that waits: each has a group of its own", () => {
    const groups = names.map(
      (name) => (parse(text(name)) as { concurrency: { group: string } }).concurrency.group,
    );
    expect(new Set(groups).size).toBe(names.length);
  });

  it("actions are named with their version", () => {
    const uses = parsed.flatMap(({ jobs }) =>
      Object.values(jobs).flatMap(({ steps }) => steps.map((one) => one.uses)),
    );
    const named = uses.filter((one) => one !== undefined);
    expect(named.length).toBeGreaterThan(5);
    // A tag of somebody else may be moved: of GitHub's own, nobody but GitHub moves one.
    expect(named.filter((one) => !/^(actions\/[\w-]+@v\d+|pulumi\/actions@[0-9a-f]{40})$/.test(one))).toEqual(
      [],
    );
  });

  const steps = parsed.flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => job.steps));

  it("a secret reaches only the step that needs it, and no script of a package that is installed", () => {
    for (const { jobs } of parsed)
      for (const { steps: _, ...job } of Object.values(jobs))
        expect(JSON.stringify(job)).not.toContain("secrets.");
    const withSecrets = steps.filter((step) => JSON.stringify(step).includes("secrets."));
    expect(withSecrets.map(({ run }) => run?.split(" ").slice(0, 3).join(" "))).toEqual([
      "npx change-tracking drift",
      "pulumi up --yes",
    ]);
    for (const name of ["up.yml", "drift.yml"])
      expect(text(name)).not.toMatch(/npm (ci|install)(?! --ignore-scripts)/);
  });

  it("nothing that a pull request says is put into a script", () => {
    expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
  });

  it("a file of a pull request is never taken for its review, and what the review's job leaves runs nowhere", () => {
    const [review, comment] = ["review", "comment"].map(
      (job) => parsed[names.indexOf("pull-request.yml")]?.jobs[job],
    );
    expect(review?.steps.find(({ run }) => run?.includes(" review "))?.run).toContain(
      "--output ../review.md",
    );
    const left = comment?.steps.find(({ uses: one }) => one?.includes("download-artifact"))?.with?.path;
    expect(comment?.steps.at(-1)?.run).toBe(`node ci/comment.mjs ${left}/review.md`);
    const ofGitlab = parse(gitlab) as Record<string, { script: string[] }>;
    expect(ofGitlab.review?.script[0]).toBe("rm -f review.md");
    expect(ofGitlab.comment?.script.join("\n")).toMatch(
      /git show FETCH_HEAD:ci\/comment.mjs > (\S+)[\s\S]*node \1 review.md/,
    );
  });
});

/** The uses of the command, by its first argument. */
const uses = new Map<string, string[]>();
for (const [, name = "", rest = ""] of all.join("\n").matchAll(/npx change-tracking (\w+)([^\n]*)/g)) {
  uses.set(name, [...(uses.get(name) ?? []), rest]);
}
async function helpOf(args: string[]): Promise<string> {
  const { out, err } = await runCli(root, args);
  return out + err;
}
const overview = await helpOf(["--help"]);

describe.each([...uses])("change-tracking %s, as the files use it,", (name, lines) => {
  const available = new RegExp(`^  ${name} `, "m").test(overview);
  needs({ name: `the command ${name}`, available, offeredByRegistries: false })("has the flags", async () => {
    const help = await helpOf([name, "--help"]);
    const flags = lines.flatMap((line) => line.match(/--[\w-]+/g) ?? []);
    expect(flags.filter((flag) => !help.includes(`${flag} `) && !help.includes(`${flag},`))).toEqual([]);
  });
});

it("check, review and drift are used on both", () => {
  const counts = Object.fromEntries([...uses].map(([name, lines]) => [name, lines.length]));
  expect(counts).toEqual({ check: 3, review: 2, drift: 2 });
});
