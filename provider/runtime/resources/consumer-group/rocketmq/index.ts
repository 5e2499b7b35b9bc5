import type { GroupPlatform } from "../platform.ts";
import { checkGroup } from "./check.ts";
import { heldKey } from "./context.ts";
import { createGroup } from "./create.ts";
import { deleteGroup, groupRefusals } from "./delete.ts";
import { diffGroup } from "./diff.ts";
import { groupInputs } from "./inputs.ts";
import { readGroup } from "./read.ts";
import { updateGroup } from "./update.ts";

/** Consumer groups of ApsaraMQ for RocketMQ, 5.x and 4.x. */
export const rocketmqPlatform: GroupPlatform = {
  name: "rocketmq",
  check: checkGroup,
  diff: diffGroup,
  heldAs: (session, id, props) => heldKey({ inputs: { ...groupInputs(session, props), name: id } }),
  create: createGroup,
  read: readGroup,
  update: updateGroup,
  delete: deleteGroup,
  deleteRefusals: groupRefusals,
};
