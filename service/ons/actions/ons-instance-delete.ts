/* OnsInstanceDelete, version 2019-02-14: deletes an empty instance. */
import { z } from "zod";
import { text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
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
