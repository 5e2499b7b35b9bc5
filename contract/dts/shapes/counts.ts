import type { Shape } from "./shape.ts";

const page = {
  Category: "text",
  PageNumber: "integer",
  PageSize: "integer",
  RequestId: "text",
  TotalCount: "integer",
} as const;

/** Answers of the actions that look over all tasks. */
export const COUNT_SHAPES = {
  CountJobByCondition: {
    DynamicCode: "text",
    DynamicMessage: "text",
    ErrCode: "text",
    ErrMessage: "text",
    HttpStatusCode: "integer",
    RequestId: "text",
    Success: "flag",
    TotalRecordCount: "integer",
  },
  DescribeTagKeys: { ...page, TagKeys: ["text"] },
  DescribeTagValues: { ...page, TagValues: ["text"] },
} as const satisfies Record<string, Shape>;
