import type { ServedAction } from "../core/kit/action.ts";
import { listTagResources } from "./actions/list-tag-resources.ts";
import { onsConsumerAccumulate } from "./actions/ons-consumer-accumulate.ts";
import { onsConsumerGetConnection } from "./actions/ons-consumer-get-connection.ts";
import { onsConsumerResetOffset } from "./actions/ons-consumer-reset-offset.ts";
import { onsConsumerStatus } from "./actions/ons-consumer-status.ts";
import { onsGroupConsumerUpdate } from "./actions/ons-group-consumer-update.ts";
import { onsGroupCreate } from "./actions/ons-group-create.ts";
import { onsGroupDelete } from "./actions/ons-group-delete.ts";
import { onsGroupList } from "./actions/ons-group-list.ts";
import { onsGroupSubDetail } from "./actions/ons-group-sub-detail.ts";
import { onsInstanceBaseInfo } from "./actions/ons-instance-base-info.ts";
import { onsInstanceCreate } from "./actions/ons-instance-create.ts";
import { onsInstanceDelete } from "./actions/ons-instance-delete.ts";
import { onsInstanceInServiceList } from "./actions/ons-instance-in-service-list.ts";
import { onsInstanceUpdate } from "./actions/ons-instance-update.ts";
import { onsRegionList } from "./actions/ons-region-list.ts";
import { onsTopicCreate } from "./actions/ons-topic-create.ts";
import { onsTopicDelete } from "./actions/ons-topic-delete.ts";
import { onsTopicList } from "./actions/ons-topic-list.ts";
import { onsTopicStatus } from "./actions/ons-topic-status.ts";
import { onsTopicSubDetail } from "./actions/ons-topic-sub-detail.ts";
import { openOnsService } from "./actions/open-ons-service.ts";
import { tagResources } from "./actions/tag-resources.ts";
import { untagResources } from "./actions/untag-resources.ts";

/** Every action that is served: instances, topics, groups, consumers, tags. */
export const onsActions: readonly ServedAction[] = [
  onsInstanceCreate,
  onsInstanceUpdate,
  onsInstanceDelete,
  onsInstanceBaseInfo,
  onsInstanceInServiceList,
  onsTopicCreate,
  onsTopicDelete,
  onsTopicList,
  onsTopicStatus,
  onsTopicSubDetail,
  onsGroupCreate,
  onsGroupDelete,
  onsGroupList,
  onsGroupConsumerUpdate,
  onsGroupSubDetail,
  onsConsumerAccumulate,
  onsConsumerStatus,
  onsConsumerGetConnection,
  onsConsumerResetOffset,
  onsRegionList,
  openOnsService,
  tagResources,
  untagResources,
  listTagResources,
];
