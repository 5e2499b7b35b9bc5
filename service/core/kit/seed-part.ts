import type { z } from "zod";
import { firstProblem } from "../settings/yaml-file.ts";

/** A room's part of a seed file, judged. Throws with the path of the first thing that is wrong. */
export function readSeedPart<S extends z.ZodType>(room: string, schema: S, part: unknown): z.output<S> {
  const parsed = schema.safeParse(part ?? {});
  if (parsed.success) return parsed.data;
  throw new Error(`${room}.${firstProblem(parsed.error, "")}`);
}
