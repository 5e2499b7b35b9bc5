import type { Shape } from "../../dts/shapes/index.ts";
import { CONSUMER_SHAPES } from "./consumers.ts";
import { RESOURCE_SHAPES } from "./resources.ts";

/** The published fields and types of every answer of ApsaraMQ for RocketMQ 4.x that is served here. A member `*` stands for any name. */
export const ONS_SHAPES: Readonly<Record<string, Shape>> = {
  ...CONSUMER_SHAPES,
  ...RESOURCE_SHAPES,
};
