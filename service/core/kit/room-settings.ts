import type { z } from "zod";
import { ASKING } from "../../../contract/validation/issue.ts";
import { firstProblem } from "../settings/yaml-file.ts";
import type { Kernel } from "./kernel.ts";

/** The member `rooms.<room>` of the settings file. Throws with the path of the first thing that is wrong. */
export function readRoomSettings<S extends z.ZodType>(
  { settings }: Pick<Kernel, "settings">,
  room: string,
  schema: S,
): z.output<S> {
  const parsed = schema.safeParse(settings.rooms[room] ?? {}, ASKING);
  if (parsed.success) return parsed.data;
  throw new Error(`settings: ${firstProblem(parsed.error, "rooms", ["rooms", room])}`);
}
