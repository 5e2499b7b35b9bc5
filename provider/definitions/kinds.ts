import type { z } from "zod";
import { alertRule } from "../schema/alert-rule.ts";
import { changeTrackingInstance } from "../schema/change-tracking-instance.ts";
import { consumerGroup } from "../schema/consumer-group.ts";
import { inflowTask } from "../schema/inflow-task.ts";
import type { MapName } from "./maps.ts";

/** What judges the definitions of each map. */
export const SCHEMAS: Readonly<Record<MapName, z.ZodType>> = {
  instances: changeTrackingInstance,
  groups: consumerGroup,
  tasks: inflowTask,
  alerts: alertRule,
};
