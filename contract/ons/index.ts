import type { Action, UnservedAction } from "../action.ts";
import * as account from "./account.ts";
import * as consumers from "./consumers.ts";
import * as groups from "./groups.ts";
import * as instances from "./instances.ts";
import * as tags from "./tags.ts";
import * as topics from "./topics.ts";

/** Every action of ApsaraMQ for RocketMQ 4.x that is served. These files export actions and nothing else. */
export const ONS_ACTIONS: readonly Action[] = [instances, topics, groups, consumers, tags, account].flatMap(
  (group): Action[] => Object.values(group),
);

/** Published actions that are not served: none of those that groups and their instances need. */
export const ONS_NOT_SERVED: readonly UnservedAction[] = [];
