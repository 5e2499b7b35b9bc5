import { pathToFileURL } from "node:url";
import { nodeBinDir, root } from "../paths.ts";
import { startProgress } from "../progress.ts";
import { runCommand } from "../ps.ts";

/** The probe decides whether there is a way out at all, so that a machine without one goes on at once. */
const PROBE_MS_MAX = 5_000;
const DOWNLOAD_MS_MAX = 180_000;

/**
 * The official release, installed by the Automation API under `folder` (its programs end up in `folder/bin`).
 * Answers undefined when it worked, else the reason why not. In a process of its own, because the Automation API
 * has no bound to give, and because only a new process can be told to use the proxy of the environment.
 */
export async function downloadPulumi(folder: string): Promise<string | undefined> {
  const script = `
    const probe = await fetch("https://get.pulumi.com/latest-version", { signal: AbortSignal.timeout(${PROBE_MS_MAX}) });
    if (!probe.ok) throw new Error("get.pulumi.com answers " + probe.status);
    process.stdout.write("reachable\\n");
    const { PulumiCommand } = await import(${JSON.stringify(automationUrl())});
    await PulumiCommand.install({ root: process.argv[1] });
  `;
  const progress: { line?: ReturnType<typeof startProgress> } = {};
  const result = await runCommand(process.execPath, ["--input-type=module", "--eval", script, "--", folder], {
    cwd: root,
    env: { ...process.env, NODE_USE_ENV_PROXY: "1", PATH: `${nodeBinDir}:${process.env.PATH ?? ""}` },
    timeoutMs: DOWNLOAD_MS_MAX,
    onOutput: (text) => {
      if (text.includes("reachable")) progress.line = startProgress("downloading the Pulumi CLI");
    },
  });
  const reason =
    result.code === 0 ? undefined : result.timedOut ? "it took too long" : shortReason(result.stderr);
  progress.line?.done(reason ?? "done");
  return reason;
}

function automationUrl(): string {
  return pathToFileURL(`${root}/node_modules/@pulumi/pulumi/automation/index.js`).href;
}

/** The deepest cause is the telling one: `fetch failed` alone says nothing. */
function shortReason(stderr: string): string {
  const causes = [...stderr.matchAll(/^\s*(?:\[cause\]: )?(?:\w*Error): (.+)$/gm)].map((match) => match[1]);
  return causes.at(-1)?.trim() ?? "the download failed";
}
