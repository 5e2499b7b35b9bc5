/* OnsRegionList, version 2019-02-14: lists the regions; here the one that the service stands for. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";

export const onsRegionList = defineAction({
  name: "OnsRegionList",
  kind: "read",
  summary: "Lists the regions; here the one that the service stands for.",

  request: z.object({}),
  handler(ctx) {
    const region = { Id: 1, OnsRegionId: ctx.region, RegionName: ctx.region, ChannelName: "ALIYUN" };
    return { Data: { RegionDo: [{ ...region, CreateTime: 0, UpdateTime: 0 }] } };
  },
});
