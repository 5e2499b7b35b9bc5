import { z } from "zod";
import { outcome, rocketmqAction } from "./actions-of.ts";

/** Regions and their zones. */

/** Every region that is known here; the service serves all of them alike. */
export const listRegions = rocketmqAction({
  name: "ListRegions",
  kind: "read",
  summary: "Lists the regions.",
  coverage: { missing: "no tags, createTime, updateTime; the id of a region stands for its name" },
  route: { method: "GET", path: "/regions" },
  request: () => z.object({}),
  answer: {
    ...outcome,
    data: [
      {
        createTime: "string",
        regionId: "string",
        regionName: "string",
        supportRocketmqV4: "boolean",
        supportRocketmqV5: "boolean",
        updateTime: "string",
      },
    ],
  },
});

export const listAvailableZones = rocketmqAction({
  name: "ListAvailableZones",
  kind: "read",
  summary: "Lists the zones of the region.",
  coverage: { missing: "three zones in every region, no createTime, updateTime" },
  route: { method: "GET", path: "/zones" },
  request: () => z.object({}),
  answer: {
    ...outcome,
    data: [{ createTime: "string", updateTime: "string", zoneId: "string", zoneName: "string" }],
  },
});
