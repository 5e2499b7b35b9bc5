/* UpdateInstanceSoftware, version 2022-08-01: not published; the name is chosen, method and path are those that tools use. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { changeInstance } from "../engine/instances.ts";
import { instanceParams } from "../params.ts";

export const updateInstanceSoftware = defineAction({
  name: "UpdateInstanceSoftware",
  kind: "write",
  summary: "Sets the maintenance time of an instance; not published, sent by infrastructure tools.",

  route: { method: "PATCH", path: "/instances/{instanceId}/software/config" },
  request: z.object({
    ...instanceParams,
    maintainTime: optional(text(z.string().regex(/^\d\d:\d\d-\d\d:\d\d$/, { error: "must be HH:mm-HH:mm" }))),
  }),
  handler(ctx, input) {
    changeInstance(
      ctx,
      input.instanceId,
      (instance) => ({ maintainTime: input.maintainTime ?? instance.maintainTime }),
      false,
    );
    return { data: true };
  },
});
