import { cpSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/paths.ts";
import { ensurePulumi } from "../../tools/pulumi.ts";
import { row } from "../harness/figures.ts";
import type { Bench, BenchContext, BenchOutcome } from "../harness/types.ts";
import { type Took, upOnce } from "../harness/up.ts";

/** What the bench of definitions takes its floor from, too. */
export const programSource: string = join(root, "bench/pulumi-up/program");

interface Size {
  instances: number;
  groups: number;
  rounds: number;
}

/** Ours, and the two floors: resources that do nothing, behind a native plugin and behind the dynamic provider. */
const KINDS = ["native", "dynamic", "ours"] as const;
type Kind = (typeof KINDS)[number];

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
        const took = await upOnce(context, {
          setup,
          program: programOf(context),
          name: `${kind}-${round}`,
          env: programEnv(kind, size),
          withService: kind === "ours",
          created: size.instances + size.groups + 1,
        });
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

/** How its program is told what to make. */
export function programEnv(kind: Kind, size: Pick<Size, "instances" | "groups">): Record<string, string> {
  return {
    BENCH_RESOURCES: kind,
    BENCH_INSTANCES: String(size.instances),
    BENCH_GROUPS: String(size.groups),
  };
}

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
