/* ListRegions, version 2022-08-01: every region that is known here; this service serves all of them alike. */
import { z } from "zod";
import { REGIONS } from "../../../contract/limits/regions.ts";
import { defineAction } from "../../core/kit/action.ts";

export const listRegions = defineAction({
  name: "ListRegions",
  kind: "read",
  summary: "Lists the regions.",
  partial: "no tags, createTime, updateTime; the id of a region stands for its name",
  route: { method: "GET", path: "/regions" },
  request: z.object({}),
  handler: () => ({
    data: REGIONS.map((regionId) => ({
      regionId,
      regionName: regionId,
      supportRocketmqV4: true,
      supportRocketmqV5: true,
    })),
  }),
});
