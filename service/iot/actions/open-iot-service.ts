/* OpenIotService, version 2018-01-20: opens the service; it is open here. Published without Success. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";

export const openIotService = defineAction({
  name: "OpenIotService",
  kind: "write",
  summary: "Opens the service; it is open here.",
  request: z.object({}),
  handler: (ctx) => ({ Success: undefined, OrderId: ctx.requestId }),
});
