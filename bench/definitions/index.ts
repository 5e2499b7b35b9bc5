import { cpSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/paths.ts";
import { mustRun } from "../../tools/ps.ts";
import { ensurePulumi } from "../../tools/pulumi.ts";
import { endedChildrenSeconds } from "../harness/cpu.ts";
import { row } from "../harness/figures.ts";
import type { Bench, BenchContext, BenchOutcome, Row } from "../harness/types.ts";
import { type UpTimes, upInTurns } from "../harness/up.ts";
import { programSource as floorSource, programEnv } from "../pulumi-up/index.ts";
import { SECRETS, type Size, writeDefinitions } from "./files.ts";

const programSource = join(root, "bench/definitions/program");
const command = join(root, "provider/dist/main.js");

/** Files of definitions by the command that judges them and by `pulumi up`, each against its floor. */
export const definitions: Bench = {
  name: "definitions",
  title: "Definitions as files",
  async run(context) {
    const size = context.quick
      ? { files: 20, instances: 5, groups: 95, checks: 3, rounds: 1 }
      : { files: 200, instances: 48, groups: 952, checks: 9, rounds: 1 };
    const setup = await ensurePulumi();
    // Copies, because the CLI writes the stack's settings beside a program.
    const [ours, floor] = [join(context.workDir, "ours"), join(context.workDir, "floor")];
    cpSync(programSource, ours, { recursive: true });
    cpSync(floorSource, floor, { recursive: true });
    writeDefinitions(join(ours, "teams"), size);
    const checked = await checks(context, ours, size);
    const created = size.instances + size.groups + 1;
    const times = await upInTurns(context, size.rounds, {
      native: { setup, created, program: floor, env: programEnv("native", size), withService: false },
      ours: { setup, created, program: ours, env: {}, secrets: SECRETS, withService: true },
    });
    return outcome(size, [...checkRows(size, checked), ...upRows(size, times)], setup.version);
  },
};

interface Checked {
  readonly ours: number[];
  /** Of a node that has nothing to run. */
  readonly floor: number[];
  /** Seconds of processor time of ours; empty where there is no /proc. */
  readonly processor: number[];
}

/** Milliseconds from the start of the process to its end. */
async function checks(
  context: BenchContext,
  folder: string,
  size: Size & { checks: number },
): Promise<Checked> {
  const taken: Checked = { ours: [], floor: [], processor: [] };
  const said = `${size.instances + size.groups} definitions in ${size.files} files: nothing is wrong.`;
  for (let round = 0; round < size.checks; round++) {
    taken.floor.push((await mustRun(process.execPath, ["-e", "0"])).durationMs);
    const before = endedChildrenSeconds();
    const check = await mustRun(process.execPath, [command, "check", "teams"], { cwd: folder });
    if (check.stdout.trim() !== said) throw new Error(`check was to say ${said}\nand said\n${check.stdout}`);
    taken.ours.push(check.durationMs);
    const after = endedChildrenSeconds();
    if (before !== undefined && after !== undefined) taken.processor.push(after - before);
  }
  context.say(`check: ${taken.ours.map((ms) => Math.round(ms)).join(", ")} ms`);
  return taken;
}

const described = ({ instances, groups, files }: Size): string =>
  `${(instances + groups).toLocaleString("en-US")} definitions in ${files} files`;

function checkRows(size: Size, { ours, floor, processor }: Checked): Row[] {
  const what = `change-tracking check of ${described(size)}`;
  const goal = { of: "ours", kind: "atMost", value: 1_000 } as const;
  const wall = row({ what, unit: "ms", ours, against: "node -e 0", floor, goal });
  const spent = { what: "processor time of the check", unit: "s", ours: processor };
  return processor.length === 0 ? [wall] : [wall, row(spent)];
}

function upRows(size: Size, { ours, native }: Record<"ours" | "native", UpTimes>): Row[] {
  const against = "as many resources that do nothing, a native plugin";
  const what = `preview and apply ${described(size)}`;
  const rows = [row({ what, unit: "s", ours: ours.seconds, against, floor: native.seconds })];
  if (ours.processorSeconds.length > 0) {
    const spent = { ours: ours.processorSeconds, against, floor: native.processorSeconds };
    const work = "processor time of preview and apply, all processes and the service together";
    rows.push(row({ what: work, unit: "s", ...spent }));
  }
  return rows;
}

function outcome(
  size: Size & { checks: number; rounds: number },
  rows: Row[],
  version: string,
): BenchOutcome {
  return {
    rows,
    notes: [
      `${size.instances} instances and ${size.groups} groups spread over the files, so that most groups name an instance ` +
        `of another file. The check from the start of its process to its end, median of ${size.checks}, taking turns. ` +
        `Pulumi ${version}, file backend, a new stack each time, plain JavaScript programs; the floor is the program of ` +
        "the bench `pulumi-up`, without files; " +
        `${size.rounds === 1 ? "one run of each" : `median of ${size.rounds}, taking turns`}.`,
    ],
  };
}
