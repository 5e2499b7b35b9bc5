import type { z } from "zod";
import { ruleOfSeveral } from "../../../contract/cms/rule-params.ts";
import { putResourceMetricRules as published } from "../../../contract/cms/rules.ts";
import { ServiceError } from "../../../contract/errors/index.ts";
import { once } from "../../../contract/once.ts";
import { compileRequest, decodeParameters } from "../../core/http/decode-parameters.ts";
import type { CallContext, Envelope } from "../../core/kit/action.ts";
import { defineAction } from "../../core/kit/action.ts";
import { putRule } from "../engine/rules.ts";
import { cmsEnvelope } from "../envelope.ts";
import { ruleInput } from "../rule-input.ts";

const member = once(() => compileRequest(ruleOfSeveral()));

export const putResourceMetricRules = defineAction(published, (ctx, input) => {
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
});

/** What refused the rule; a defect is thrown. */
function putOne(ctx: CallContext, given: Record<string, unknown>, prefix: string): ServiceError | undefined {
  const envelope: Envelope = {
    ...cmsEnvelope,
    invalid: (issue) =>
      cmsEnvelope.invalid?.({ ...issue, parameter: prefix + issue.parameter }) as ServiceError,
  };
  try {
    const rule = decodeParameters(member(), given, envelope) as z.output<ReturnType<typeof ruleOfSeveral>>;
    putRule(ctx, ruleInput(rule));
    return undefined;
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
}
