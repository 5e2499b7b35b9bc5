import type { ServedAction } from "../core/kit/action.ts";
import { changeResourceGroup } from "./actions/change-resource-group.ts";
import { createConsumerGroup } from "./actions/create-consumer-group.ts";
import { createInstance } from "./actions/create-instance.ts";
import { createInstanceAccount } from "./actions/create-instance-account.ts";
import { createInstanceAcl } from "./actions/create-instance-acl.ts";
import { createInstanceIpWhitelist } from "./actions/create-instance-ip-whitelist.ts";
import { createTopic } from "./actions/create-topic.ts";
import { deleteConsumerGroup } from "./actions/delete-consumer-group.ts";
import { deleteInstance } from "./actions/delete-instance.ts";
import { deleteInstanceAccount } from "./actions/delete-instance-account.ts";
import { deleteInstanceAcl } from "./actions/delete-instance-acl.ts";
import { deleteInstanceIpWhitelist } from "./actions/delete-instance-ip-whitelist.ts";
import { deleteTopic } from "./actions/delete-topic.ts";
import { getConsumerGroup } from "./actions/get-consumer-group.ts";
import { getConsumerGroupLag } from "./actions/get-consumer-group-lag.ts";
import { getConsumerGroupSubscription } from "./actions/get-consumer-group-subscription.ts";
import { getInstance } from "./actions/get-instance.ts";
import { getInstanceAccount } from "./actions/get-instance-account.ts";
import { getInstanceAcl } from "./actions/get-instance-acl.ts";
import { getInstanceIpWhitelist } from "./actions/get-instance-ip-whitelist.ts";
import { getTopic } from "./actions/get-topic.ts";
import { listAvailableZones } from "./actions/list-available-zones.ts";
import { listConsumerConnections } from "./actions/list-consumer-connections.ts";
import { listConsumerGroupSubscriptions } from "./actions/list-consumer-group-subscriptions.ts";
import { listConsumerGroups } from "./actions/list-consumer-groups.ts";
import { listInstanceAccount } from "./actions/list-instance-account.ts";
import { listInstanceAcl } from "./actions/list-instance-acl.ts";
import { listInstanceIpWhitelist } from "./actions/list-instance-ip-whitelist.ts";
import { listInstances } from "./actions/list-instances.ts";
import { listRegions } from "./actions/list-regions.ts";
import { listTagResources } from "./actions/list-tag-resources.ts";
import { listTopicSubscriptions } from "./actions/list-topic-subscriptions.ts";
import { listTopics } from "./actions/list-topics.ts";
import { resetConsumeOffset } from "./actions/reset-consume-offset.ts";
import { tagResources } from "./actions/tag-resources.ts";
import { untagResources } from "./actions/untag-resources.ts";
import { updateConsumerGroup } from "./actions/update-consumer-group.ts";
import { updateInstance } from "./actions/update-instance.ts";
import { updateInstanceAccount } from "./actions/update-instance-account.ts";
import { updateInstanceAcl } from "./actions/update-instance-acl.ts";
import { updateInstanceSoftware } from "./actions/update-instance-software.ts";
import { updateTopic } from "./actions/update-topic.ts";

/** Every action that is served: instances, topics, groups, then access. */
export const rocketmqActions: readonly ServedAction[] = [
  createInstance,
  createConsumerGroup,
  updateConsumerGroup,
  deleteConsumerGroup,
  getConsumerGroup,
  listConsumerGroups,
  listConsumerGroupSubscriptions,
  getConsumerGroupSubscription,
  getConsumerGroupLag,
  listConsumerConnections,
  resetConsumeOffset,
  createTopic,
  updateTopic,
  deleteTopic,
  getTopic,
  listTopics,
  listTopicSubscriptions,
  deleteInstance,
  getInstance,
  listInstances,
  updateInstance,
  updateInstanceSoftware,
  changeResourceGroup,
  tagResources,
  untagResources,
  listTagResources,
  getInstanceAccount,
  createInstanceAccount,
  updateInstanceAccount,
  deleteInstanceAccount,
  listInstanceAccount,
  createInstanceAcl,
  updateInstanceAcl,
  deleteInstanceAcl,
  getInstanceAcl,
  listInstanceAcl,
  createInstanceIpWhitelist,
  deleteInstanceIpWhitelist,
  getInstanceIpWhitelist,
  listInstanceIpWhitelist,
  listRegions,
  listAvailableZones,
];
