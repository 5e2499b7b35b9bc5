import { cpSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/paths.ts";
import { ensurePulumi } from "../../tools/pulumi.ts";
import { row } from "../harness/figures.ts";
import type { Bench, BenchOutcome } from "../harness/types.ts";
import { type UpRun, type UpTimes, upInTurns } from "../harness/up.ts";

/** What the bench of definitions takes its floor from, too. */
export const programSource: string = join(root, "bench/pulumi-up/program");

interface Size {
  instances: number;
  groups: number;
  rounds: number;
}

/** Ours, and the two floors: resources that do nothing, behind a native plugin and behind the dynamic provider. */
type Kind = "native" | "dynamic" | "ours";

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
    const program = join(context.workDir, "program");
    cpSync(programSource, program, { recursive: true });
    const created = size.instances + size.groups + 1;
    const run = (kind: Kind): UpRun => {
      return { setup, program, env: programEnv(kind, size), withService: kind === "ours", created };
    };
    const runs = { native: run("native"), dynamic: run("dynamic"), ours: run("ours") };
    return outcome(size, await upInTurns(context, size.rounds, runs), setup.version);
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

function outcome(size: Size, times: Record<Kind, UpTimes>, version: string): BenchOutcome {
  const { ours } = times;
  const native = "the same program, a native plugin that does nothing";
  const dynamic = "the same program, dynamic resources that do nothing";
  const what = `preview and apply ${size.groups} groups over ${size.instances} instances`;
  const work = "processor time of it, all processes and the service together";
  const goal = { of: "ratio", kind: "atMost", value: 1.3 } as const;
  const rows = [
    row({ what, unit: "s", ours: ours.seconds, against: native, floor: times.native.seconds, goal }),
    row({ what, unit: "s", ours: ours.seconds, against: dynamic, floor: times.dynamic.seconds, goal }),
  ];
  if (ours.processorSeconds.length > 0) {
    const spent = { what: work, unit: "s", ours: ours.processorSeconds } as const;
    rows.push(
      row({ ...spent, against: native, floor: times.native.processorSeconds, goal }),
      row({ ...spent, against: dynamic, floor: times.dynamic.processorSeconds }),
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
