import type { ResourceKind } from "../../resource.ts";
import { checkInstance } from "./check.ts";
import { createInstance } from "./create.ts";
import { deleteInstance, instanceRefusals } from "./delete.ts";
import { diffInstance } from "./diff.ts";
import { instanceMark } from "./mark.ts";
import { readInstance } from "./read.ts";
import { updateInstance } from "./update.ts";

/** `ChangeTrackingInstance`: a change tracking instance of Data Transmission Service with its one task. */
export const changeTrackingInstanceKind: ResourceKind = {
  name: "ChangeTrackingInstance",
  check: checkInstance,
  diff: async (olds, news) => diffInstance(olds, news),
  heldAs: (_session, id) => id,
  mark: instanceMark,
  create: createInstance,
  read: readInstance,
  update: updateInstance,
  delete: deleteInstance,
  deleteRefusals: instanceRefusals,
};
