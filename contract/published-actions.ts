/*
 * Names of published actions by product, so that one that is not served is told apart from one that does not exist.
 * What is served is what each room of the service lists.
 */

/** One published action; `route` where the product goes by method and path. */
export interface PublishedAction {
  readonly name: string;
  readonly route?: { readonly method: string; readonly path: string };
}

const named = (names: string): readonly PublishedAction[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => ({ name }));

/** Lines of name, method and path. */
const routed = (lines: string): readonly PublishedAction[] =>
  lines
    .trim()
    .split("\n")
    .map((line) => {
      const [name = "", method = "", path = ""] = line.trim().split(" ");
      return { name, route: { method, path } };
    });

export const PUBLISHED_ACTIONS = {
  eventbridge: named(`
    CheckServiceLinkedRoleForProduct CreateEventStreaming CreateServiceLinkedRoleForProduct
    DeleteEventStreaming GetEventStreaming ListEventStreamings PauseEventStreaming StartEventStreaming
    TestEventPattern TestEventSourceConfig UpdateEventStreaming UpdateEventStreamingBusinessOption
  `),
  rocketmq: routed(`
    ChangeResourceGroup POST /resourceGroup/change
    CreateConsumerGroup POST /instances/{instanceId}/consumerGroups/{consumerGroupId}
    CreateInstance POST /instances
    CreateInstanceAccount POST /instances/{instanceId}/accounts
    CreateInstanceAcl POST /instances/{instanceId}/acl/account/{username}
    CreateInstanceIpWhitelist POST /instances/{instanceId}/ip/whitelist
    CreateTopic POST /instances/{instanceId}/topics/{topicName}
    DeleteConsumerGroup DELETE /instances/{instanceId}/consumerGroups/{consumerGroupId}
    DeleteConsumerGroupSubscription DELETE /instances/{instanceId}/consumerGroups/{consumerGroupId}/subscriptions
    DeleteInstance DELETE /instances/{instanceId}
    DeleteInstanceAccount DELETE /instances/{instanceId}/accounts/{username}
    DeleteInstanceAcl DELETE /instances/{instanceId}/acl/account/{username}
    DeleteInstanceIpWhitelist DELETE /instances/{instanceId}/ip/whitelist
    DeleteTopic DELETE /instances/{instanceId}/topics/{topicName}
    GetConsumeTimespan GET /instances/{instanceId}/consumerGroups/{consumerGroupId}/consumeTimespan/{topicName}
    GetConsumerGroup GET /instances/{instanceId}/consumerGroups/{consumerGroupId}
    GetConsumerGroupLag GET /instances/{instanceId}/consumerGroups/{consumerGroupId}/lag
    GetConsumerGroupSubscription GET /instances/{instanceId}/consumerGroups/{consumerGroupId}/subscriptions/{topicName}
    GetConsumerStack GET /instances/{instanceId}/consumerGroups/{consumerGroupId}/stack
    GetInstance GET /instances/{instanceId}
    GetInstanceAccount GET /instances/{instanceId}/account
    GetInstanceAcl GET /instances/{instanceId}/acl/account/{username}
    GetInstanceIpWhitelist GET /instances/{instanceId}/ip/whitelists
    GetMessageDetail GET /instances/{instanceId}/topics/{topicName}/messages/{messageId}
    GetTopic GET /instances/{instanceId}/topics/{topicName}
    GetTrace GET /instances/{instanceId}/topics/{topicName}/traces/{messageId}
    ListAvailableZones GET /zones
    ListConsumerConnections GET /instances/{instanceId}/consumerGroups/{consumerGroupId}/connections
    ListConsumerGroupSubscriptions GET /instances/{instanceId}/consumerGroups/{consumerGroupId}/subscriptions
    ListConsumerGroups GET /instances/{instanceId}/consumerGroups
    ListInstanceAccount GET /instances/{instanceId}/accounts
    ListInstanceAcl GET /instances/{instanceId}/acl
    ListInstanceIpWhitelist GET /instances/{instanceId}/ip/whitelist
    ListInstances GET /instances
    ListMessages GET /instances/{instanceId}/topics/{topicName}/messages
    ListMetricMeta GET /monitor/metrics/meta
    ListRegions GET /regions
    ListTagResources GET /resourceTag/list
    ListTopicSubscriptions GET /instances/{instanceId}/topics/{topicName}/subscriptions
    ListTopics GET /instances/{instanceId}/topics
    ListTraces GET /instances/{instanceId}/topics/{topicName}/traces
    ResetConsumeOffset PATCH /instances/{instanceId}/consumerGroups/{consumerGroupId}/consumeOffsets/{topicName}
    TagResources POST /resourceTag/create
    UntagResources DELETE /resourceTag/delete
    UpdateConsumerGroup PATCH /instances/{instanceId}/consumerGroups/{consumerGroupId}
    UpdateInstance PATCH /instances/{instanceId}
    UpdateInstanceAccount PATCH /instances/{instanceId}/accounts/{username}
    UpdateInstanceAcl PATCH /instances/{instanceId}/acl/account/{username}
    UpdateTopic PATCH /instances/{instanceId}/topics/{topicName}
    VerifyConsumeMessage POST /instances/{instanceId}/topics/{topicName}/messages/{messageId}/action/verifyConsume
    VerifySendMessage POST /instances/{instanceId}/topics/{topicName}/messages
  `),
  bss: named(`
    QueryAvailableInstances SetRenewal
  `),
  ons: named(`
    OnsInstanceCreate OnsInstanceDelete OnsInstanceBaseInfo OnsInstanceInServiceList OnsInstanceUpdate
    OnsTopicCreate OnsTopicDelete OnsTopicList OnsTopicStatus OnsGroupCreate OnsGroupDelete OnsGroupList
    OnsGroupSubDetail OnsTopicSubDetail OnsConsumerAccumulate OnsConsumerStatus OnsConsumerGetConnection
    OnsConsumerResetOffset OnsGroupConsumerUpdate ListTagResources TagResources UntagResources
    OpenOnsService OnsRegionList
  `),
} as const satisfies Record<string, readonly PublishedAction[]>;
