import type { ServedAction } from "../core/kit/action.ts";
import { addTags } from "./actions/add-tags.ts";
import { createMetricRuleResources } from "./actions/create-metric-rule-resources.ts";
import { deleteContact } from "./actions/delete-contact.ts";
import { deleteContactGroup } from "./actions/delete-contact-group.ts";
import { deleteMetricRuleTargets } from "./actions/delete-metric-rule-targets.ts";
import { deleteMetricRules } from "./actions/delete-metric-rules.ts";
import { describeAlertHistoryList } from "./actions/describe-alert-history-list.ts";
import { describeAlertLogList } from "./actions/describe-alert-log-list.ts";
import { describeContactGroupList } from "./actions/describe-contact-group-list.ts";
import { describeContactList } from "./actions/describe-contact-list.ts";
import { describeContactListByContactGroup } from "./actions/describe-contact-list-by-contact-group.ts";
import { describeMetricLast } from "./actions/describe-metric-last.ts";
import { describeMetricList } from "./actions/describe-metric-list.ts";
import { describeMetricMetaList } from "./actions/describe-metric-meta-list.ts";
import { describeMetricRuleCount } from "./actions/describe-metric-rule-count.ts";
import { describeMetricRuleList } from "./actions/describe-metric-rule-list.ts";
import { describeMetricRuleTargets } from "./actions/describe-metric-rule-targets.ts";
import { describeMetricTop } from "./actions/describe-metric-top.ts";
import { describeProjectMeta } from "./actions/describe-project-meta.ts";
import { disableMetricRules } from "./actions/disable-metric-rules.ts";
import { enableMetricRules } from "./actions/enable-metric-rules.ts";
import { putContact } from "./actions/put-contact.ts";
import { putContactGroup } from "./actions/put-contact-group.ts";
import { putMetricRuleTargets } from "./actions/put-metric-rule-targets.ts";
import { putResourceMetricRule } from "./actions/put-resource-metric-rule.ts";
import { putResourceMetricRules } from "./actions/put-resource-metric-rules.ts";
import { removeTags } from "./actions/remove-tags.ts";

/** Every action that is served: rules, targets, contacts, metrics, tags. */
export const cmsActions: readonly ServedAction[] = [
  putResourceMetricRule,
  putResourceMetricRules,
  createMetricRuleResources,
  describeMetricRuleList,
  describeMetricRuleCount,
  enableMetricRules,
  disableMetricRules,
  deleteMetricRules,
  putMetricRuleTargets,
  describeMetricRuleTargets,
  deleteMetricRuleTargets,
  putContact,
  describeContactList,
  deleteContact,
  putContactGroup,
  describeContactGroupList,
  describeContactListByContactGroup,
  deleteContactGroup,
  describeProjectMeta,
  describeMetricMetaList,
  describeMetricList,
  describeMetricLast,
  describeMetricTop,
  describeAlertLogList,
  describeAlertHistoryList,
  addTags,
  removeTags,
];
