/* OnsInstanceDelete, version 2019-02-14: deletes an empty instance. */
import { z } from "zod";
import { defineAction } from "../../core/action.ts";
import { text } from "../../core/params.ts";
import { instanceOf } from "../engine/find.ts";
import { removeInstance } from "../engine/instances.ts";

export const onsInstanceDelete = defineAction({
  name: "OnsInstanceDelete",
  kind: "write",
  summary: "Deletes an empty instance.",

  request: z.object({ InstanceId: text() }),
  handler(ctx, input) {
    removeInstance(ctx, instanceOf(ctx, input.InstanceId));
    return {};
  },
});
