import type { z } from "zod";
import { judge } from "./judge.ts";
import type { Kernel } from "./kernel.ts";

/** A room's part of a seed file, judged. Throws with the path of the first thing that is wrong. */
export function readSeedPart<S extends z.ZodType>(room: string, schema: S, part: unknown): z.output<S> {
  return judge(schema, part ?? {}, room, (problem) => new Error(problem), [room]);
}

interface InstanceSeed {
  readonly name: string;
  /** Absent: the region of the settings. */
  readonly region?: string | undefined;
}

/**
 * Makes the instances of a seed file one after the other. One whose name its region has is left as it is, so a
 * service may start with the same file again. A failure names its place: `shop.instances[0] (orders)`.
 */
export async function seedInstances<T extends InstanceSeed>(
  { settings }: Pick<Kernel, "settings">,
  room: string,
  seeds: readonly T[],
  known: () => readonly { readonly name: string; readonly region: string }[],
  make: (seed: T, region: string) => Promise<void> | void,
): Promise<void> {
  for (const [position, seed] of seeds.entries()) {
    const region = seed.region ?? settings.region;
    if (known().some((one) => one.region === region && one.name === seed.name)) continue;
    try {
      await make(seed, region);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${room}.instances[${position}] (${seed.name}): ${reason}`);
    }
  }
}
