import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/paths.ts";
import { mustRun } from "../../tools/ps.ts";
import { ensurePulumi, type PulumiSetup, pulumiEnv } from "../../tools/pulumi.ts";
import { endedChildrenSeconds, processorSeconds } from "../harness/cpu.ts";
import { row } from "../harness/figures.ts";
import { startService } from "../harness/service.ts";
import type { Bench, BenchContext, BenchOutcome } from "../harness/types.ts";

const programSource = join(root, "bench/pulumi-up/program");
const UP_MS_MAX = 120_000;
const PASSPHRASE = "bench";

interface Size {
  instances: number;
  groups: number;
  rounds: number;
}

/** Ours, and the two floors: resources that do nothing, behind a native plugin and behind the dynamic provider. */
const KINDS = ["native", "dynamic", "ours"] as const;
type Kind = (typeof KINDS)[number];

interface Took {
  readonly seconds: number;
  /** Of the CLI and all that it starts, and of the service. Undefined where there is no /proc. */
  readonly processorSeconds: number | undefined;
}

/** `pulumi up` of many groups, against the same program with resources that do nothing behind a native plugin. */
export const pulumiUp: Bench = {
  name: "pulumi-up",
  title: "`pulumi up` on the local service",
  async run(context) {
    const size = context.quick
      ? { instances: 2, groups: 40, rounds: 1 }
      : { instances: 10, groups: 200, rounds: 3 };
    const setup = await ensurePulumi();
    // A copy, because the CLI writes the stack's settings beside the program.
    cpSync(programSource, programOf(context), { recursive: true });
    const runs: Record<Kind, Took[]> = { ours: [], dynamic: [], native: [] };
    for (let round = 0; round < size.rounds; round++) {
      // Taking turns, so that whatever else the machine does falls on all.
      for (const kind of KINDS) {
        const took = await upOnce(context, setup, size, kind, round);
        const processor = took.processorSeconds?.toFixed(2) ?? "?";
        context.say(
          `round ${round + 1} of ${size.rounds}, ${kind}: ${took.seconds.toFixed(2)} s (processor ${processor} s)`,
        );
        runs[kind].push(took);
      }
    }
    return outcome(size, runs, setup.version);
  },
};

function outcome(size: Size, runs: Record<Kind, Took[]>, version: string): BenchOutcome {
  const seconds = (kind: Kind) => runs[kind].map((took) => took.seconds);
  const processor = (kind: Kind) => runs[kind].flatMap((took) => took.processorSeconds ?? []);
  const native = "the same program, a native plugin that does nothing";
  const dynamic = "the same program, dynamic resources that do nothing";
  const what = `preview and apply ${size.groups} groups over ${size.instances} instances`;
  const work = "processor time of it, all processes and the service together";
  const goal = { of: "ratio", kind: "atMost", value: 1.3 } as const;
  const rows = [
    row({ what, unit: "s", ours: seconds("ours"), against: native, floor: seconds("native"), goal }),
    row({ what, unit: "s", ours: seconds("ours"), against: dynamic, floor: seconds("dynamic"), goal }),
  ];
  if (processor("ours").length > 0) {
    const spent = { what: work, unit: "s", ours: processor("ours") } as const;
    rows.push(
      row({ ...spent, against: native, floor: processor("native"), goal }),
      row({ ...spent, against: dynamic, floor: processor("dynamic") }),
    );
  }
  return {
    rows,
    notes: [
      `Pulumi ${version}, file backend, a new stack each time; a plain JavaScript program, so that no compiler ` +
        `works on either side; median of ${size.rounds}, taking turns.`,
    ],
  };
}

const programOf = (context: BenchContext): string => join(context.workDir, "program");

/** One `pulumi up` on an empty stack and, for ours, an empty service. */
async function upOnce(
  context: BenchContext,
  setup: PulumiSetup,
  size: Size,
  kind: Kind,
  round: number,
): Promise<Took> {
  const backendDir = join(context.workDir, `${kind}-${round}`);
  mkdirSync(backendDir, { recursive: true });
  const service = kind === "ours" ? await startService({ args: ["--memory"] }) : undefined;
  const env = {
    ...pulumiEnv({
      setup,
      backendDir,
      passphrase: PASSPHRASE,
      homeDir: join(context.workDir, "pulumi-home"),
    }),
    ...(service ? { CHANGE_TRACKING_ENDPOINT: service.endpoint } : {}),
    BENCH_RESOURCES: kind,
    BENCH_INSTANCES: String(size.instances),
    BENCH_GROUPS: String(size.groups),
  };
  const pulumi = (args: readonly string[]) =>
    mustRun("pulumi", [...args, "--stack", "bench", "--non-interactive"], {
      cwd: programOf(context),
      env,
      timeoutMs: UP_MS_MAX,
    });
  const used = () => {
    const children = endedChildrenSeconds();
    return children === undefined
      ? undefined
      : children + (service ? (processorSeconds(service.pid) ?? 0) : 0);
  };
  try {
    await pulumi(["stack", "init"]);
    const processorBefore = used();
    const up = await pulumi(["up", "--yes", "--suppress-progress"]);
    const processorAfter = used();
    const made = size.instances + size.groups + 1;
    if (!up.stdout.includes(`${made} created`)) {
      throw new Error(`pulumi up was to create ${made} resources and said:\n${up.stdout.slice(-2_000)}`);
    }
    const processor =
      processorBefore === undefined || processorAfter === undefined
        ? undefined
        : processorAfter - processorBefore;
    return { seconds: up.durationMs / 1000, processorSeconds: processor };
  } finally {
    await service?.stop();
  }
}
