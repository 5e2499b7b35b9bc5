import type { Shape } from "../../dts/shapes/index.ts";

const common = {
  code: "text",
  dynamicCode: "text",
  dynamicMessage: "text",
  httpStatusCode: "integer",
  message: "text",
  requestId: "text",
  success: "flag",
} as const;

/** Answers of the actions on regions and zones. */
export const PLACE_SHAPES = {
  ListRegions: {
    ...common,
    data: [
      {
        createTime: "text",
        regionId: "text",
        regionName: "text",
        supportRocketmqV4: "flag",
        supportRocketmqV5: "flag",
        updateTime: "text",
      },
    ],
  },
  ListAvailableZones: {
    ...common,
    data: [{ createTime: "text", updateTime: "text", zoneId: "text", zoneName: "text" }],
  },
} as const satisfies Record<string, Shape>;
