/*
 * PutResourceMetricRules, version 2019-01-01: makes or replaces up to 500 rules, each as PutResourceMetricRule does.
 * Those that are refused are named in FailedListResult, in an answer with HTTP 200; the others are made.
 */
import { z } from "zod";
import { ServiceError } from "../../../contract/errors/index.ts";
import { list } from "../../../contract/params.ts";
import { compileRequest, decodeParameters } from "../../core/http/decode.ts";
import type { CallContext, Envelope } from "../../core/kit/action.ts";
import { defineAction } from "../../core/kit/action.ts";
import { putRule } from "../engine/rules.ts";
import { cmsEnvelope } from "../envelope.ts";
import { commonParams, resourcesParam } from "../params.ts";
import { ruleRequest, ruleWish } from "../rule-params.ts";

/** As published. */
const rulesMax = 500;
const resourcesMax = 100;

/** Neither expressions over several metrics nor PromQL, and the resources are needed. */
const memberRequest = ruleRequest
  .omit({ RegionId: true, CompositeExpression: true, Prometheus: true })
  .extend({ Resources: resourcesParam(resourcesMax) });
const member = compileRequest(memberRequest);

export const putResourceMetricRules = defineAction({
  name: "PutResourceMetricRules",
  kind: "write",
  summary: "Makes or replaces several alert rules.",
  partial: "rules are kept and do not fire yet",
  request: z.object({
    ...commonParams,
    Rules: list(z.record(z.string(), z.unknown()), { min: 1, max: rulesMax }),
  }),
  handler(ctx, input) {
    const failed = input.Rules.flatMap((one, index) => {
      const failure = putOne(ctx, one, `Rules.${index + 1}.`);
      if (failure === undefined) return [];
      const Result = { Code: failure.code, Message: failure.message, Success: false };
      return [{ RuleId: typeof one.RuleId === "string" ? one.RuleId : "", Result }];
    });
    if (failed.length === 0) return {};
    return {
      Success: false,
      Code: "400",
      Message: `${failed.length} of ${input.Rules.length} rules were refused; FailedListResult says why, the others were made`,
      FailedListResult: { Target: failed },
    };
  },
});

/** What refused the rule; a defect is thrown. */
function putOne(ctx: CallContext, given: Record<string, unknown>, prefix: string): ServiceError | undefined {
  const envelope: Envelope = {
    ...cmsEnvelope,
    invalid: (issue) =>
      cmsEnvelope.invalid?.({ ...issue, parameter: prefix + issue.parameter }) as ServiceError,
  };
  try {
    const wish = decodeParameters(member, given, envelope) as z.output<typeof memberRequest>;
    putRule(ctx, ruleWish({ ...wish, CompositeExpression: undefined, Prometheus: undefined }));
    return undefined;
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
}
