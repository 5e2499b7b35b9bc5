/* OnsGroupDelete, version 2019-02-14: deletes a consumer group, whoever uses it. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { groupOf, instanceOf } from "../engine/find.ts";
import { groupParams } from "../params.ts";
import { onsStore } from "../store.ts";

export const onsGroupDelete = defineAction({
  name: "OnsGroupDelete",
  kind: "write",
  summary: "Deletes a consumer group, whoever uses it.",

  request: z.object(groupParams),
  handler(ctx, input) {
    ctx.store.transaction(() => {
      const { instanceId, name } = groupOf(ctx, instanceOf(ctx, input.InstanceId), input.GroupId);
      onsStore(ctx.store).groups.delete(instanceId, name);
    });
    return {};
  },
});
