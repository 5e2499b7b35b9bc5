import type { Shape } from "../../dts/shapes/index.ts";
import { ACCESS_SHAPES } from "./access.ts";
import { GROUP_SHAPES } from "./groups.ts";
import { INSTANCE_SHAPES } from "./instances.ts";
import { PLACE_SHAPES } from "./places.ts";
import { TOPIC_SHAPES } from "./topics.ts";

/** The published fields and types of every answer of ApsaraMQ for RocketMQ 5.x that is served here. A member `*` stands for any name. */
export const ROCKETMQ_SHAPES: Readonly<Record<string, Shape>> = {
  ...GROUP_SHAPES,
  ...TOPIC_SHAPES,
  ...ACCESS_SHAPES,
  ...INSTANCE_SHAPES,
  ...PLACE_SHAPES,
};
