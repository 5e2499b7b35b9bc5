import type { GroupPlatform } from "../platform.ts";
import { checkGroup } from "./check.ts";
import { recallMade } from "./context.ts";
import { createGroup } from "./create.ts";
import { deleteGroup, groupRefusals } from "./delete.ts";
import { diffGroup } from "./diff.ts";
import { findId } from "./find.ts";
import { normalInputs } from "./inputs.ts";
import { readGroup } from "./read.ts";
import { updateGroup } from "./update.ts";

/** Consumer groups of server-side subscription, on IoT Platform. */
export const iotPlatform: GroupPlatform = {
  name: "iot",
  normal: normalInputs,
  check: checkGroup,
  recall: recallMade,
  diff: diffGroup,
  create: createGroup,
  read: readGroup,
  update: updateGroup,
  delete: deleteGroup,
  deleteRefusals: groupRefusals,
  findId,
};
