import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { mustRun } from "../../tools/ps.ts";
import { type PulumiSetup, pulumiEnv } from "../../tools/pulumi.ts";
import { endedChildrenSeconds, processorSeconds } from "./cpu.ts";
import { type RunningService, startService } from "./service.ts";
import type { BenchContext } from "./types.ts";

const PASSPHRASE = "bench";
/** Of one CLI command: a thousand resources take minutes on a busy machine. */
const UP_MS_MAX = 900_000;

/** One program to bring up. */
export interface UpRun {
  readonly setup: PulumiSetup;
  /** Folder of the program; the CLI writes the stack's settings into it. */
  readonly program: string;
  /** For the program. */
  readonly env: Readonly<Record<string, string>>;
  /** Secrets of the stack's configuration. Default none. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Whether a service is started for it, empty and in memory. */
  readonly withService: boolean;
  /** Resources that it must create, the stack itself among them. */
  readonly created: number;
}

/** Of each `pulumi up` of a program. */
export interface UpTimes {
  readonly seconds: number[];
  /** Of the CLI and all that it starts, and of the service. Empty where there is no /proc. */
  readonly processorSeconds: number[];
}

/** Brings each program up so many times, taking turns, so that whatever else the machine does falls on all. */
export async function upInTurns<Name extends string>(
  context: BenchContext,
  rounds: number,
  runs: Readonly<Record<Name, UpRun>>,
): Promise<Record<Name, UpTimes>> {
  const names = Object.keys(runs) as Name[];
  const none = (): UpTimes => ({ seconds: [], processorSeconds: [] });
  const times = Object.fromEntries(names.map((name) => [name, none()])) as Record<Name, UpTimes>;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const { seconds, processor } = await upOnce(context, `${name}-${round}`, runs[name]);
      times[name].seconds.push(seconds);
      if (processor !== undefined) times[name].processorSeconds.push(processor);
      context.say(
        `round ${round + 1} of ${rounds}, ${name}: ${seconds.toFixed(2)} s (processor ${processor?.toFixed(2) ?? "?"} s)`,
      );
    }
  }
  return times;
}

/**
 * One `pulumi up`, its preview included, on an empty stack whose state is in the folder `name`: its seconds, and those of
 * the processor. Throws when it does not create what it is to create.
 */
async function upOnce(
  context: BenchContext,
  name: string,
  run: UpRun,
): Promise<{ seconds: number; processor: number | undefined }> {
  const backendDir = join(context.workDir, name);
  mkdirSync(backendDir, { recursive: true });
  const service = run.withService ? await startService({ args: ["--memory"] }) : undefined;
  const homeDir = join(context.workDir, "pulumi-home");
  const env = {
    ...pulumiEnv({ setup: run.setup, backendDir, passphrase: PASSPHRASE, homeDir }),
    ...(service ? { CHANGE_TRACKING_ENDPOINT: service.endpoint } : {}),
    ...run.env,
  };
  const pulumi = (args: readonly string[]) =>
    mustRun("pulumi", [...args, "--stack", "bench", "--non-interactive"], {
      cwd: run.program,
      env,
      timeoutMs: UP_MS_MAX,
    });
  try {
    await pulumi(["stack", "init"]);
    const secrets = Object.entries(run.secrets ?? {}).flatMap(([key, value]) => [
      "--secret",
      `${key}=${value}`,
    ]);
    if (secrets.length > 0) await pulumi(["config", "set-all", ...secrets]);
    const before = usedSeconds(service);
    const up = await pulumi(["up", "--yes", "--suppress-progress"]);
    const after = usedSeconds(service);
    if (!up.stdout.includes(`${run.created} created`)) {
      throw new Error(
        `pulumi up was to create ${run.created} resources and said:\n${up.stdout.slice(-2_000)}`,
      );
    }
    const processor = before === undefined || after === undefined ? undefined : after - before;
    return { seconds: up.durationMs / 1000, processor };
  } finally {
    await service?.stop();
  }
}

function usedSeconds(service: RunningService | undefined): number | undefined {
  const children = endedChildrenSeconds();
  if (children === undefined) return undefined;
  return children + (service ? (processorSeconds(service.pid) ?? 0) : 0);
}
