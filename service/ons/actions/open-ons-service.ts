/* OpenOnsService, version 2019-02-14: opens the service; it is open here. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";

export const openOnsService = defineAction({
  name: "OpenOnsService",
  kind: "write",
  summary: "Opens the service; it is open here.",

  request: z.object({}),
  handler(ctx) {
    return { OrderId: ctx.requestId };
  },
});
