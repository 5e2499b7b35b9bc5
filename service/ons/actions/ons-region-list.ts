import { onsRegionList as published } from "../../../contract/ons/account.ts";
import { defineAction } from "../../core/kit/action.ts";

export const onsRegionList = defineAction(published, (ctx) => {
  const region = { Id: 1, OnsRegionId: ctx.region, RegionName: ctx.region, ChannelName: "ALIYUN" };
  return { Data: { RegionDo: [{ ...region, CreateTime: 0, UpdateTime: 0 }] } };
});
