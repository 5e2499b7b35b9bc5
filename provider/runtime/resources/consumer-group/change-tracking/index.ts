import type { GroupPlatform } from "../platform.ts";
import { checkGroup } from "./check.ts";
import { createGroup } from "./create.ts";
import { deleteGroup, groupRefusals } from "./delete.ts";
import { diffGroup } from "./diff.ts";
import { groupMark } from "./mark.ts";
import { readGroup } from "./read.ts";
import { updateGroup } from "./update.ts";

/** Consumer groups of change tracking instances, on Data Transmission Service. */
export const changeTrackingPlatform: GroupPlatform = {
  name: "changeTracking",
  check: checkGroup,
  diff: diffGroup,
  positionHint: "Note the position (status.checkpoint) if readers must go on from there.",
  mark: groupMark,
  create: createGroup,
  read: readGroup,
  update: updateGroup,
  delete: deleteGroup,
  deleteRefusals: groupRefusals,
};
