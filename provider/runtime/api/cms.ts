import type { RequestOf } from "../../../contract/action.ts";
import type { AnswerOf } from "../../../contract/answer.ts";
import { describeContactGroupList, describeContactList } from "../../../contract/cms/contacts.ts";
import {
  deleteMetricRules,
  describeMetricRuleList,
  disableMetricRules,
  enableMetricRules,
  putResourceMetricRule,
} from "../../../contract/cms/rules.ts";
import {
  deleteMetricRuleTargets,
  describeMetricRuleTargets,
  putMetricRuleTargets,
} from "../../../contract/cms/targets.ts";
import { actionCaller, type CallAction } from "./call-action.ts";
import type { ApiClient } from "./client.ts";

/** A rule as it is listed; several names differ from those of the request. */
export type RuleRecord = AnswerOf<(typeof describeMetricRuleList.answer.Alarms.Alarm)[0]>;
export type TargetRecord = AnswerOf<(typeof describeMetricRuleTargets.answer.Targets.Target)[0]>;

/** The whole rule but its targets and its switch. */
export type RuleRequest = RequestOf<typeof putResourceMetricRule>;
export type TargetRequest = RequestOf<typeof putMetricRuleTargets>["Targets"][number];
export type RuleFilter = RequestOf<typeof describeMetricRuleList>;

/** Size of the pages that lists are read by. */
export const CMS_PAGE_SIZE = 100;

/** CloudMonitor as seen from one region: the actions that alert rules use. */
export class CmsApi {
  readonly #send: CallAction;

  /** `look` makes every call one short try, for check. */
  constructor(client: ApiClient, region: string, look = false) {
    this.#send = actionCaller(client, { region, common: { RegionId: region }, look });
  }

  /** Repeatable, because the id comes from the caller: the second call finds the first one's rule. */
  putRule(rule: RuleRequest) {
    return this.#send(putResourceMetricRule, rule, "repeatable");
  }

  rules(filter: RuleFilter, Page = 1) {
    return this.#send(describeMetricRuleList, { ...filter, Page, PageSize: CMS_PAGE_SIZE }, "repeatable");
  }

  enableRule(ruleId: string) {
    return this.#send(enableMetricRules, { RuleId: [ruleId] }, "repeatable");
  }

  disableRule(ruleId: string) {
    return this.#send(disableMetricRules, { RuleId: [ruleId] }, "repeatable");
  }

  deleteRule(ruleId: string) {
    return this.#send(deleteMetricRules, { Id: [ruleId] }, "repeatable");
  }

  targets(RuleId: string) {
    return this.#send(describeMetricRuleTargets, { RuleId }, "repeatable");
  }

  putTargets(RuleId: string, Targets: readonly TargetRequest[]) {
    return this.#send(putMetricRuleTargets, { RuleId, Targets }, "repeatable");
  }

  deleteTargets(RuleId: string, TargetIds: readonly string[]) {
    return this.#send(deleteMetricRuleTargets, { RuleId, TargetIds }, "repeatable");
  }

  contactGroups(PageNumber: number) {
    return this.#send(describeContactGroupList, { PageNumber, PageSize: CMS_PAGE_SIZE }, "repeatable");
  }

  contacts(PageNumber: number) {
    return this.#send(describeContactList, { PageNumber, PageSize: CMS_PAGE_SIZE }, "repeatable");
  }
}
