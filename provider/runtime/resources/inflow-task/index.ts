import type { ResourceKind } from "../../resource.ts";
import { checkTask } from "./check.ts";
import { createTask } from "./create.ts";
import { deleteTask } from "./delete.ts";
import { diffTask } from "./diff.ts";
import { heldKey } from "./held.ts";
import { taskInputs } from "./inputs.ts";
import { readTask } from "./read.ts";
import { updateTask } from "./update.ts";

/** `InflowTask`: an event stream of EventBridge from a change tracking group to a RocketMQ topic. */
export const inflowTaskKind: ResourceKind = {
  name: "InflowTask",
  check: checkTask,
  diff: async (olds, news) => diffTask(olds, news),
  heldAs: (session, id, props) => heldKey({ ...taskInputs(session, props), name: id }),
  create: createTask,
  read: readTask,
  update: updateTask,
  delete: deleteTask,
};
