import type { z } from "zod";
import { pathText } from "../../../contract/limits/path.ts";
import type { Kernel } from "./kernel.ts";

/** The member `rooms.<room>` of the settings file. Throws with the path of the first thing that is wrong. */
export function readRoomSettings<S extends z.ZodType>(
  { settings }: Pick<Kernel, "settings">,
  room: string,
  schema: S,
): z.output<S> {
  const parsed = schema.safeParse(settings.rooms[room] ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = pathText(["rooms", room, ...(issue?.path ?? [])]);
  throw new Error(`settings: ${path} ${issue?.message ?? "is not valid"}`);
}
