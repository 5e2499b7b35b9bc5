import { actionsOf } from "../action.ts";

/** Defines an action of Data Transmission Service, version 2020-01-01. */
export const dtsAction = actionsOf("dts");
