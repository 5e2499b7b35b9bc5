import type { Action, UnservedAction } from "../action.ts";
import * as accounts from "./accounts.ts";
import * as acls from "./acls.ts";
import * as consumerGroups from "./consumer-groups.ts";
import * as consumers from "./consumers.ts";
import * as instances from "./instances.ts";
import * as ipWhitelist from "./ip-whitelist.ts";
import * as regions from "./regions.ts";
import * as tags from "./tags.ts";
import * as topics from "./topics.ts";

const groups = [instances, topics, consumerGroups, consumers, accounts, acls, ipWhitelist, tags, regions];

/** Every action of ApsaraMQ for RocketMQ 5.x that is served. These files export actions and nothing else. */
export const ROCKETMQ_ACTIONS: readonly Action[] = groups.flatMap((group): Action[] => Object.values(group));

const INSTANCE = "/instances/{instanceId}";
const group = `${INSTANCE}/consumerGroups/{consumerGroupId}`;
const topic = `${INSTANCE}/topics/{topicName}`;

/** Published actions that are not served. */
export const ROCKETMQ_NOT_SERVED: readonly UnservedAction[] = [
  { name: "DeleteConsumerGroupSubscription", route: { method: "DELETE", path: `${group}/subscriptions` } },
  { name: "GetConsumeTimespan", route: { method: "GET", path: `${group}/consumeTimespan/{topicName}` } },
  { name: "GetConsumerStack", route: { method: "GET", path: `${group}/stack` } },
  { name: "GetMessageDetail", route: { method: "GET", path: `${topic}/messages/{messageId}` } },
  { name: "GetTrace", route: { method: "GET", path: `${topic}/traces/{messageId}` } },
  { name: "ListMessages", route: { method: "GET", path: `${topic}/messages` } },
  { name: "ListMetricMeta", route: { method: "GET", path: "/monitor/metrics/meta" } },
  { name: "ListTraces", route: { method: "GET", path: `${topic}/traces` } },
  {
    name: "VerifyConsumeMessage",
    route: { method: "POST", path: `${topic}/messages/{messageId}/action/verifyConsume` },
  },
  { name: "VerifySendMessage", route: { method: "POST", path: `${topic}/messages` } },
];
