import { listAvailableZones as published } from "../../../contract/rocketmq/regions.ts";
import { serveAction } from "../../core/kit/action.ts";

const letters = ["a", "b", "c"];

export const listAvailableZones = serveAction(published, (ctx) => ({
  data: letters.map((letter) => ({
    zoneId: `${ctx.region}-${letter}`,
    zoneName: `${ctx.region}-${letter}`,
  })),
}));
