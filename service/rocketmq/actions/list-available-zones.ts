import { listAvailableZones as published } from "../../../contract/rocketmq/regions.ts";
import { defineAction } from "../../core/kit/action.ts";

const letters = ["a", "b", "c"];

export const listAvailableZones = defineAction(published, (ctx) => ({
  data: letters.map((letter) => ({
    zoneId: `${ctx.region}-${letter}`,
    zoneName: `${ctx.region}-${letter}`,
  })),
}));
