import type { Shape } from "../../dts/shapes/index.ts";

const common = {
  code: "string",
  dynamicCode: "string",
  dynamicMessage: "string",
  httpStatusCode: "integer",
  message: "string",
  requestId: "string",
  success: "boolean",
} as const;

/** Answers of the actions on regions and zones. */
export const PLACE_SHAPES = {
  ListRegions: {
    ...common,
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
  ListAvailableZones: {
    ...common,
    data: [{ createTime: "string", updateTime: "string", zoneId: "string", zoneName: "string" }],
  },
} as const satisfies Record<string, Shape>;
