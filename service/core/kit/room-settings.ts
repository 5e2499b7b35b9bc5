import type { z } from "zod";
import { judge } from "./judge.ts";
import type { Kernel } from "./kernel.ts";

/** The member `rooms.<room>` of the settings file. Throws with the path of the first thing that is wrong. */
export function readRoomSettings<S extends z.ZodType>(
  { settings }: Pick<Kernel, "settings">,
  room: string,
  schema: S,
): z.output<S> {
  const refuse = (problem: string) => new Error(`settings: ${problem}`);
  return judge(schema, settings.rooms[room] ?? {}, "rooms", refuse, ["rooms", room]);
}
