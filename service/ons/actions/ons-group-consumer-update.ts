/* OnsGroupConsumerUpdate, version 2019-02-14: lets a group read, or stops it. */
import { z } from "zod";
import { flag } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { groupOf, instanceOf } from "../engine/find.ts";
import { groupParams } from "../params.ts";
import { onsStore } from "../store.ts";

export const onsGroupConsumerUpdate = defineAction({
  name: "OnsGroupConsumerUpdate",
  kind: "write",
  summary: "Lets a group read, or stops it.",

  request: z.object({ ...groupParams, ReadEnable: flag() }),
  handler(ctx, input) {
    ctx.store.transaction(() => {
      const group = groupOf(ctx, instanceOf(ctx, input.InstanceId), input.GroupId);
      const changed = { ...group, readEnabled: input.ReadEnable, updatedAtMs: ctx.clock.now() };
      onsStore(ctx.store).groups.update(changed);
    });
    return {};
  },
});
