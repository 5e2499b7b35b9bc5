import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { stopChild } from "../tools/ps.ts";
import { row } from "./harness/figures.ts";
import { residentMegabytes } from "./harness/machine.ts";
import { startService } from "./harness/service.ts";
import type { Bench, BenchContext, Row } from "./harness/types.ts";

type Kind = "memory" | "data";
const kinds: Record<Kind, string> = { memory: "with --memory", data: "with a new data folder" };

/** From the spawn to the first good health answer, and what is resident then, against a node that does nothing. */
export const start: Bench = {
  name: "start",
  title: "Start of the local service",
  async run(context) {
    const rounds = context.quick ? 3 : 9;
    const ready: Record<Kind, number[]> = { memory: [], data: [] };
    const resident: Record<Kind, number[]> = { memory: [], data: [] };
    const floor: { readyMs: number; megabytes?: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      floor.push(await bareNode());
      for (const kind of ["memory", "data"] as const) {
        const figures = await startOnce(context, kind, round);
        ready[kind].push(figures.readyMs);
        if (figures.megabytes !== undefined) resident[kind].push(figures.megabytes);
      }
    }
    const floorReady = floor.map((one) => one.readyMs);
    const floorResident = floor.flatMap((one) => one.megabytes ?? []);
    const rows = (["memory", "data"] as const).flatMap((kind) => [
      row({
        what: `ready ${kinds[kind]}`,
        unit: "ms",
        ours: ready[kind],
        against: "node -e 0",
        floor: floorReady,
        goal: { of: "ours", kind: "atMost", value: 400 },
      }),
      ...residentRow(kind, resident[kind], floorResident),
    ]);
    return {
      rows,
      notes: [
        `Spawn to the first good answer of /_service/health; median of ${rounds} starts, taking turns.`,
      ],
    };
  },
};

function residentRow(kind: Kind, megabytes: readonly number[], floor: readonly number[]): Row[] {
  if (megabytes.length === 0) return [];
  return [
    row({
      what: `resident memory when ready, ${kinds[kind]}`,
      unit: "MB",
      ours: megabytes,
      against: "an idle node",
      floor,
      goal: { of: "ours", kind: "atMost", value: 100 },
    }),
  ];
}

async function startOnce(
  context: BenchContext,
  kind: Kind,
  round: number,
): Promise<{ readyMs: number; megabytes?: number }> {
  const args = kind === "memory" ? ["--memory"] : ["--data", join(context.workDir, `start-${round}`)];
  const service = await startService({ args });
  try {
    const megabytes = residentMegabytes(service.pid);
    return { readyMs: service.readyMs, ...(megabytes === undefined ? {} : { megabytes }) };
  } finally {
    await service.stop();
  }
}

/** The time of a node that has nothing to run, and the memory of one that has nothing to do. */
async function bareNode(): Promise<{ readyMs: number; megabytes?: number }> {
  const startedAt = performance.now();
  await once(spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }), "exit");
  const readyMs = performance.now() - startedAt;
  const idle = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000); console.log()"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(idle.stdout, "data");
  const megabytes = residentMegabytes(idle.pid ?? 0);
  await stopChild(idle);
  return { readyMs, ...(megabytes === undefined ? {} : { megabytes }) };
}
