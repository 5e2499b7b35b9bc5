import type { Action, UnservedAction } from "../action.ts";
import * as groups from "./groups.ts";
import { openIotService } from "./opening.ts";
import * as products from "./products.ts";
import * as ruleActions from "./rule-actions.ts";
import * as rules from "./rules.ts";
import * as subscriptions from "./subscriptions.ts";

/** Every action of IoT Platform, version 2018-01-20, that the local service does. */
export const IOT_ACTIONS: readonly Action[] = [
  ...Object.values(groups),
  ...Object.values(subscriptions),
  ...Object.values(products),
  ...Object.values(rules),
  ...Object.values(ruleActions),
  openIotService,
];

/** Published, and not served here: devices and their messages. */
export const IOT_NOT_SERVED: readonly UnservedAction[] = [
  "BatchGetDeviceState",
  "BatchPub",
  "DeleteDevice",
  "Pub",
  "PubBroadcast",
  "QueryDevice",
  "QueryDeviceDetail",
  "QueryMessageInfo",
  "RegisterDevice",
].map((name) => ({ name }));
