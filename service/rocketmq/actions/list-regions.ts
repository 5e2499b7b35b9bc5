import { REGIONS } from "../../../contract/limits/regions.ts";
import { listRegions as published } from "../../../contract/rocketmq/regions.ts";
import { defineAction } from "../../core/kit/action.ts";

export const listRegions = defineAction(published, () => ({
  data: REGIONS.map((regionId) => ({
    regionId,
    regionName: regionId,
    supportRocketmqV4: true,
    supportRocketmqV5: true,
  })),
}));
