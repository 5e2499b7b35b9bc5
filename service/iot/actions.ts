import type { ServedAction } from "../core/kit/action.ts";
import { createConsumerGroup } from "./actions/create-consumer-group.ts";
import { createConsumerGroupSubscribeRelation } from "./actions/create-consumer-group-subscribe-relation.ts";
import { createProduct } from "./actions/create-product.ts";
import { createRule } from "./actions/create-rule.ts";
import { createRuleAction } from "./actions/create-rule-action.ts";
import { createSubscribeRelation } from "./actions/create-subscribe-relation.ts";
import { deleteConsumerGroup } from "./actions/delete-consumer-group.ts";
import { deleteConsumerGroupSubscribeRelation } from "./actions/delete-consumer-group-subscribe-relation.ts";
import { deleteProduct } from "./actions/delete-product.ts";
import { deleteRule } from "./actions/delete-rule.ts";
import { deleteRuleAction } from "./actions/delete-rule-action.ts";
import { deleteSubscribeRelation } from "./actions/delete-subscribe-relation.ts";
import { getRule } from "./actions/get-rule.ts";
import { getRuleAction } from "./actions/get-rule-action.ts";
import { listRule } from "./actions/list-rule.ts";
import { listRuleActions } from "./actions/list-rule-actions.ts";
import { openIotService } from "./actions/open-iot-service.ts";
import { queryConsumerGroupByGroupId } from "./actions/query-consumer-group-by-group-id.ts";
import { queryConsumerGroupList } from "./actions/query-consumer-group-list.ts";
import { queryConsumerGroupStatus } from "./actions/query-consumer-group-status.ts";
import { queryProduct } from "./actions/query-product.ts";
import { queryProductList } from "./actions/query-product-list.ts";
import { querySubscribeRelation } from "./actions/query-subscribe-relation.ts";
import { resetConsumerGroupPosition } from "./actions/reset-consumer-group-position.ts";
import { startRule } from "./actions/start-rule.ts";
import { stopRule } from "./actions/stop-rule.ts";
import { updateConsumerGroup } from "./actions/update-consumer-group.ts";
import { updateProduct } from "./actions/update-product.ts";
import { updateSubscribeRelation } from "./actions/update-subscribe-relation.ts";

/** Every action that is served: groups, subscriptions, products, rules, the opening of the service. */
export const iotActions: readonly ServedAction[] = [
  createConsumerGroup,
  updateConsumerGroup,
  deleteConsumerGroup,
  resetConsumerGroupPosition,
  queryConsumerGroupByGroupId,
  queryConsumerGroupList,
  queryConsumerGroupStatus,
  createSubscribeRelation,
  updateSubscribeRelation,
  deleteSubscribeRelation,
  querySubscribeRelation,
  createConsumerGroupSubscribeRelation,
  deleteConsumerGroupSubscribeRelation,
  createProduct,
  queryProduct,
  queryProductList,
  updateProduct,
  deleteProduct,
  createRule,
  getRule,
  listRule,
  startRule,
  stopRule,
  deleteRule,
  createRuleAction,
  getRuleAction,
  listRuleActions,
  deleteRuleAction,
  openIotService,
];
