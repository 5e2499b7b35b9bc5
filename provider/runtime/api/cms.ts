import type { ComparisonOperator, Level } from "../../../contract/limits/cms.ts";
import type { ApiClient } from "./client.ts";
import type { Repeat } from "./retry.ts";

export interface ConditionRecord {
  readonly Statistics?: string;
  readonly ComparisonOperator?: string;
  readonly Threshold?: string;
  readonly Times?: number | string;
}

export interface LabelRecord {
  readonly Key?: string;
  readonly Value?: string;
}

/** A rule as it is listed; several names differ from those of the request. */
export interface RuleRecord {
  readonly RuleId?: string;
  readonly RuleName?: string;
  readonly Namespace?: string;
  readonly MetricName?: string;
  /** Names joined by commas. */
  readonly ContactGroups?: string;
  /** JSON text, or empty. */
  readonly Resources?: string;
  /** Published as digits in a text; the local service sends a number. */
  readonly Period?: number | string;
  readonly SilenceTime?: number;
  readonly EffectiveInterval?: string;
  readonly NoEffectiveInterval?: string;
  readonly NoDataPolicy?: string;
  readonly MailSubject?: string;
  readonly Webhook?: string;
  readonly EnableState?: boolean;
  readonly AlertState?: string;
  readonly Escalations?: Readonly<Partial<Record<Level, ConditionRecord>>>;
  readonly Labels?: { readonly Labels?: readonly LabelRecord[] };
}

/** What PutResourceMetricRule takes; it replaces the whole rule but its targets and its switch. */
export interface RuleRequest {
  readonly RuleId: string;
  readonly RuleName: string;
  readonly Namespace: string;
  readonly MetricName: string;
  readonly ContactGroups: string;
  readonly Resources: string;
  readonly Escalations: Readonly<Partial<Record<Level, RuleCondition>>>;
  readonly Period?: number | undefined;
  readonly SilenceTime?: number | undefined;
  readonly EffectiveInterval?: string | undefined;
  readonly NoEffectiveInterval?: string | undefined;
  readonly NoDataPolicy?: string | undefined;
  readonly EmailSubject?: string | undefined;
  readonly Webhook?: string | undefined;
  readonly Labels?: readonly LabelRecord[] | undefined;
}

export interface RuleCondition {
  readonly Statistics: string;
  readonly ComparisonOperator: ComparisonOperator;
  readonly Threshold: string;
  readonly Times: number;
}

export interface TargetRecord {
  readonly Id?: string;
  readonly Arn?: string;
  /** JSON text of a list of levels. */
  readonly Level?: string;
  readonly JsonParams?: string;
}

export interface ContactRecord {
  readonly Name?: string;
  /** Addresses by means, only those that the contact has. */
  readonly Channels?: Readonly<Record<string, string | undefined>>;
}

export interface ContactGroupRecord {
  readonly Name?: string;
  readonly Contacts?: { readonly Contact?: readonly string[] };
}

export interface RuleFilter {
  readonly RuleIds?: string;
  readonly RuleName?: string;
  readonly Namespace?: string;
  readonly MetricName?: string;
}

/** Size of the pages that lists are read by. */
export const CMS_PAGE_SIZE = 100;

/** CloudMonitor as seen from one region: the actions that alert rules use, each typed as published. */
export class CmsApi {
  readonly #client: ApiClient;
  readonly #region: string;
  readonly #look: boolean;

  /** `look` makes every call one short try, for check. */
  constructor(client: ApiClient, region: string, look = false) {
    this.#client = client;
    this.#region = region;
    this.#look = look;
  }

  /** Repeatable, because the id comes from the caller: the second call finds the first one's rule. */
  putRule(rule: RuleRequest) {
    return this.#call("PutResourceMetricRule", rule, "repeatable");
  }

  rules(filter: RuleFilter, Page = 1) {
    return this.#call<{ Alarms: { Alarm?: readonly RuleRecord[] } }>(
      "DescribeMetricRuleList",
      { ...filter, Page, PageSize: CMS_PAGE_SIZE },
      "repeatable",
    );
  }

  enableRule(ruleId: string) {
    return this.#call("EnableMetricRules", { RuleId: [ruleId] }, "repeatable");
  }

  disableRule(ruleId: string) {
    return this.#call("DisableMetricRules", { RuleId: [ruleId] }, "repeatable");
  }

  deleteRule(ruleId: string) {
    return this.#call("DeleteMetricRules", { Id: [ruleId] }, "repeatable");
  }

  targets(RuleId: string) {
    return this.#call<{ Targets: { Target?: readonly TargetRecord[] } }>(
      "DescribeMetricRuleTargets",
      { RuleId },
      "repeatable",
    );
  }

  putTargets(RuleId: string, Targets: readonly TargetRecord[]) {
    return this.#call<{ FailData: { Targets?: { Target?: readonly TargetRecord[] } } }>(
      "PutMetricRuleTargets",
      { RuleId, Targets },
      "repeatable",
    );
  }

  deleteTargets(RuleId: string, TargetIds: readonly string[]) {
    return this.#call("DeleteMetricRuleTargets", { RuleId, TargetIds }, "repeatable");
  }

  contactGroups(PageNumber: number) {
    return this.#call<{ ContactGroupList: { ContactGroup?: readonly ContactGroupRecord[] } }>(
      "DescribeContactGroupList",
      { PageNumber, PageSize: CMS_PAGE_SIZE },
      "repeatable",
    );
  }

  contacts(PageNumber: number) {
    return this.#call<{ Contacts: { Contact?: readonly ContactRecord[] } }>(
      "DescribeContactList",
      { PageNumber, PageSize: CMS_PAGE_SIZE },
      "repeatable",
    );
  }

  #call<T extends object = object>(action: string, request: object, repeat: Repeat): Promise<Partial<T>> {
    const parameters = { RegionId: this.#region, ...request };
    const call = { product: "cms", region: this.#region, action, parameters } as const;
    return this.#client.call<T>(call, { repeat, look: this.#look });
  }
}
