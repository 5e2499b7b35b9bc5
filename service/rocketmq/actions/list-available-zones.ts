/* ListAvailableZones, version 2022-08-01: three zones of the call's region by the published form of their ids. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";

const letters = ["a", "b", "c"];

export const listAvailableZones = defineAction({
  name: "ListAvailableZones",
  kind: "read",
  summary: "Lists the zones of the region.",
  partial: "three zones in every region, no createTime, updateTime",
  route: { method: "GET", path: "/zones" },
  request: z.object({}),
  handler: (ctx) => ({
    data: letters.map((letter) => ({
      zoneId: `${ctx.region}-${letter}`,
      zoneName: `${ctx.region}-${letter}`,
    })),
  }),
});
