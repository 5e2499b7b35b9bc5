import type { Shape } from "./shape.ts";

const page = {
  Category: "string",
  PageNumber: "integer",
  PageSize: "integer",
  RequestId: "string",
  TotalCount: "integer",
} as const;

/** Answers of the actions that look over all tasks. */
export const COUNT_SHAPES = {
  CountJobByCondition: {
    DynamicCode: "string",
    DynamicMessage: "string",
    ErrCode: "string",
    ErrMessage: "string",
    HttpStatusCode: "integer",
    RequestId: "string",
    Success: "boolean",
    TotalRecordCount: "integer",
  },
  DescribeTagKeys: { ...page, TagKeys: ["string"] },
  DescribeTagValues: { ...page, TagValues: ["string"] },
} as const satisfies Record<string, Shape>;
