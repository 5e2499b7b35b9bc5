import { COUNT_SHAPES } from "./counts.ts";
import { GROUP_AND_TAG_SHAPES } from "./groups.ts";
import { JOB_SHAPES } from "./jobs.ts";
import { LOOK_SHAPES } from "./looks.ts";
import { OLDER_SHAPES } from "./older.ts";
import { READ_SHAPES } from "./reads.ts";
import type { Shape } from "./shape.ts";

export type { FieldType, Shape } from "./shape.ts";

const INSTANCE_STATUS = {
  CreateTime: "string",
  DtsInstanceId: "string",
  SourceEndpointEngineType: "string",
  DestEndpointEngineType: "string",
  SourceEndpointRegion: "string",
  DestEndpointRegion: "string",
  InstanceClass: "string",
  InstanceName: "string",
  PayType: "string",
  ResourceGroupId: "string",
  Status: "string",
  Tags: [{ TagKey: "string", TagValue: "string" }],
  Type: "string",
} as const satisfies Shape;

/** Not published; what the clients that call them read. */
const UNPUBLISHED_SHAPES = {
  DescribeDtsInstanceDetail: {
    DtsInstanceStatus: INSTANCE_STATUS,
    HttpStatusCode: "integer",
    RequestId: "string",
    Success: "boolean",
  },
  DescribeDtsInstances: {
    DtsInstanceStatusList: [INSTANCE_STATUS],
    HttpStatusCode: "integer",
    PageNumber: "integer",
    PageRecordCount: "integer",
    RequestId: "string",
    Success: "boolean",
    TotalRecordCount: "integer",
  },
} as const satisfies Record<string, Shape>;

/**
 * The published fields and types of every answer of Data Transmission Service that is served here. Types
 * differ from action to action (`Success` is a text in some, a flag in others), and clients assert them.
 */
export const DTS_SHAPES: Readonly<Record<string, Shape>> = {
  ...JOB_SHAPES,
  ...READ_SHAPES,
  ...GROUP_AND_TAG_SHAPES,
  ...OLDER_SHAPES,
  ...COUNT_SHAPES,
  ...LOOK_SHAPES,
  ...UNPUBLISHED_SHAPES,
};
