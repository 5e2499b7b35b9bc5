import type { Shape } from "../../dts/shapes/shape.ts";

/** What every answer has. One action has its Code as a number. */
export const COMMON = {
  Code: "text",
  Message: "text",
  RequestId: "text",
  Success: "flag",
} as const satisfies Shape;
