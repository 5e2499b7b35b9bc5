import type { Shape } from "../../dts/shapes/shape.ts";

/** What every answer has. One action has its Code as a number. */
export const COMMON = {
  Code: "string",
  Message: "string",
  RequestId: "string",
  Success: "boolean",
} as const satisfies Shape;
