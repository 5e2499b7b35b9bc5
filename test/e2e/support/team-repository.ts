import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "../../../tools/build.ts";
import { root } from "../../../tools/paths.ts";
import { mustRun, runCommand } from "../../../tools/ps.ts";
import { writeFiles } from "../../support/e2e/workspace.ts";
import type { TestStack } from "../../support/e2e.ts";

/** One run of pipeline.sh. */
export interface Pipeline {
  readonly code: number | null;
  /** What it printed, standard error included. */
  readonly text: string;
}

/** What a developer does: the texts of files by path, null for one that goes; a script can be run. */
export type Edit = Readonly<Record<string, string | null>>;

/** A bare repository with a protected branch main, developers with clones of their own, and a runner. */
export interface TeamRepository {
  /** A developer branches off main as it is now, commits and pushes. */
  propose(developer: string, branch: string, edit: Edit): Promise<void>;
  /** What CI runs for a pull request: the result of its merge into main as main is now. */
  pullRequest(branch: string): Promise<Pipeline>;
  /** Merges, and what CI runs for that. */
  merge(branch: string): Promise<Pipeline>;
  nightly(): Promise<Pipeline>;
}

const RUN_MS_MAX = 400_000;

/** The stack's folder becomes the runner's clone; what is in it is the first commit. */
export async function makeTeamRepository(stack: TestStack): Promise<TeamRepository> {
  const place = dirname(stack.folder);
  const origin = join(place, "origin.git");
  const git = (cwd: string, ...args: string[]) => mustRun("git", args, { cwd, env: gitEnv(stack, "runner") });
  await installCommand(stack.folder);
  cpSync(join(root, "examples/gitops/pipeline.sh"), join(stack.folder, "pipeline.sh"));
  stack.edit({ ".gitignore": "node_modules\nreview.md\ndrift.md\n" });
  await git(place, "init", "--quiet", "--bare", "--initial-branch", "main", origin);
  await git(stack.folder, "init", "--quiet", "--initial-branch", "main");
  await git(stack.folder, "remote", "add", "origin", origin);
  await git(stack.folder, "add", ".");
  await git(stack.folder, "commit", "--quiet", "--message", "program without definitions");
  await git(stack.folder, "push", "--quiet", "origin", "main");

  const checkOut = async (...branches: string[]) => {
    await git(stack.folder, "fetch", "--quiet", "origin");
    await git(stack.folder, "checkout", "--quiet", "--force", "--detach", "origin/main");
    for (const branch of branches) {
      await git(stack.folder, "merge", "--quiet", "--no-ff", "--no-edit", `origin/${branch}`);
    }
  };
  return {
    propose: (developer, branch, edit) => propose(stack, { origin, developer, branch, edit }),
    pullRequest: async (branch) => {
      await checkOut(branch);
      return pipeline(stack, "pull-request");
    },
    merge: async (branch) => {
      await checkOut(branch);
      await git(stack.folder, "push", "--quiet", "origin", "HEAD:main");
      return pipeline(stack, "merge");
    },
    nightly: async () => {
      await checkOut();
      return pipeline(stack, "nightly");
    },
  };
}

interface Proposal {
  readonly origin: string;
  readonly developer: string;
  readonly branch: string;
  readonly edit: Edit;
}

async function propose(stack: TestStack, { origin, developer, branch, edit }: Proposal): Promise<void> {
  const clone = join(dirname(origin), "developers", `${developer}-${branch}`);
  const env = gitEnv(stack, developer);
  mkdirSync(dirname(clone), { recursive: true });
  const git = (...args: string[]) => mustRun("git", args, { cwd: clone, env });
  await mustRun("git", ["clone", "--quiet", origin, clone], { env });
  await git("checkout", "--quiet", "-b", branch);
  for (const [path, text] of Object.entries(edit)) {
    if (text === null) rmSync(join(clone, path));
    else writeFiles(clone, { [path]: text });
    if (text?.startsWith("#!")) chmodSync(join(clone, path), 0o755);
  }
  await git("add", "--all");
  await git("commit", "--quiet", "--message", branch);
  await git("push", "--quiet", "origin", branch);
}

async function pipeline(stack: TestStack, what: string): Promise<Pipeline> {
  const env = { ...stack.env, STACK: "dev", POLICY_PACK: "policy/start.sh" };
  const options = { cwd: stack.folder, env, timeoutMs: RUN_MS_MAX };
  const result = await runCommand("sh", ["pipeline.sh", what], options);
  if (result.timedOut) throw new Error(`pipeline.sh ${what} did not end in time:\n${result.stdout}`);
  return { code: result.code, text: `${result.stdout}${result.stderr}` };
}

/** Nothing of the user's own settings of git. */
function gitEnv({ env }: TestStack, name: string): NodeJS.ProcessEnv {
  const email = `${name}@example.com`;
  return {
    ...env,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
}

/** The files of examples/gitops/policy, with settings of their own in place of the example's. */
export function policyFiles(settings: string): Record<string, string> {
  const folder = join(root, "examples/gitops/policy");
  const names = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isFile());
  const files = names.map(({ name }) => [`policy/${name}`, readFileSync(join(folder, name), "utf8")]);
  return { ...Object.fromEntries(files), "policy/config.json": settings };
}

/** The command of the provider's package, where npm puts it. */
async function installCommand(folder: string): Promise<void> {
  await build({ only: ["cli"] });
  const modules = join(folder, "node_modules");
  for (const file of ["cli.js", "main.js"]) {
    cpSync(join(root, "provider/dist", file), join(modules, "pulumi-change-tracking/dist", file));
  }
  mkdirSync(join(modules, ".bin"), { recursive: true });
  symlinkSync("../pulumi-change-tracking/dist/main.js", join(modules, ".bin/change-tracking"));
}
