import type { Action } from "../action.ts";
import { queryAvailableInstances, setRenewal } from "./instances.ts";

/** Every action of BSS OpenAPI (billing), version 2017-12-14, that the local service does. */
export const BSS_ACTIONS: readonly Action[] = [queryAvailableInstances, setRenewal];
