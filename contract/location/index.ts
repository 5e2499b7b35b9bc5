import type { Action } from "../action.ts";
import { describeEndpoints } from "./endpoints.ts";

/** Every action of the Location service, version 2015-06-12, that the local service does. */
export const LOCATION_ACTIONS: readonly Action[] = [describeEndpoints];
