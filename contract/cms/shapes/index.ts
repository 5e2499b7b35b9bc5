import type { Shape } from "../../dts/shapes/shape.ts";
import { FURTHER_SHAPES } from "./further.ts";
import { RULE_SHAPES } from "./rules.ts";

/** The published fields and types of every answer of CloudMonitor that is served here. */
export const CMS_SHAPES: Readonly<Record<string, Shape>> = { ...RULE_SHAPES, ...FURTHER_SHAPES };
