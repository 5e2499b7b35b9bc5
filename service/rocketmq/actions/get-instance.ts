/* GetInstance, version 2022-08-01: shows an instance. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { instanceParams } from "../params.ts";
import { instanceDetail } from "../views/instance.ts";

export const getInstance = defineAction({
  name: "GetInstance",
  kind: "read",
  summary: "Shows an instance.",
  partial:
    "no bid, endpointId, zoneId, releaseTime; of instanceQuotas no freeCount and totalCount: no limit is known",
  route: { method: "GET", path: "/instances/{instanceId}" },
  request: z.object(instanceParams),
  handler(ctx, input) {
    return { data: instanceDetail(ctx, instanceOf(ctx, input.instanceId)) };
  },
});
