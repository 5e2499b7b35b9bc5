/* DeleteInstance, version 2022-08-01: deletes a pay-as-you-go instance with its topics and groups. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { removeInstance } from "../engine/instances.ts";
import { instanceParams } from "../params.ts";

export const deleteInstance = defineAction({
  name: "DeleteInstance",
  kind: "write",
  summary: "Deletes a pay-as-you-go instance with its topics and groups.",

  route: { method: "DELETE", path: "/instances/{instanceId}" },
  request: z.object(instanceParams),
  handler(ctx, input) {
    removeInstance(ctx, input.instanceId);
    return { data: true };
  },
});
