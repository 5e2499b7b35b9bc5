/*
 * PutMetricRuleTargets, version 2019-01-01: adds targets to a rule or changes those of the same id (ALR-10). Where an
 * ARN is malformed nothing is stored, and FailData names it in an answer with HTTP 200.
 */
import { z } from "zod";
import { isTargetArn, TARGET_ARNS } from "../../../contract/limits/cms.ts";
import { targetLevels } from "../../../contract/limits/cms-contacts.ts";
import { parseJson } from "../../../contract/limits/shape.ts";
import { list, optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { putTargets, ruleOf } from "../engine/rules.ts";
import type { Target } from "../entities.ts";
import { commonParams } from "../params.ts";
import { targetFields } from "../views/target.ts";

const targetsMax = 100;

const jsonAsText = z.string().superRefine((value, ctx) => {
  const parsed = parseJson(value);
  if ("problem" in parsed) ctx.addIssue({ code: "custom", message: parsed.problem });
});

export const putMetricRuleTargets = defineAction({
  name: "PutMetricRuleTargets",
  kind: "write",
  summary: "Adds or changes targets of an alert rule.",
  partial: "targets are kept and not called yet",
  request: z.object({
    ...commonParams,
    RuleId: text(),
    Targets: list(
      z.object({
        Id: text(),
        Arn: text(),
        Level: optional(text(targetLevels)),
        JsonParams: optional(text(jsonAsText)),
      }),
      { min: 1, max: targetsMax },
    ),
  }),
  handler(ctx, input) {
    ruleOf(ctx, input.RuleId);
    const targets = input.Targets.map(
      (one): Target => ({ id: one.Id, arn: one.Arn, level: one.Level, jsonParams: one.JsonParams }),
    );
    const malformed = targets.filter((target) => !isTargetArn(target.arn));
    if (malformed.length === 0) {
      putTargets(ctx, input.RuleId, targets);
      return {};
    }
    const forms = Object.values(TARGET_ARNS).map(({ form }) => form);
    return {
      Success: false,
      Code: "400",
      Message: `Targets.${targets.findIndex((one) => malformed.includes(one)) + 1}.Arn must read ${forms.join(" or ")}; nothing was stored [ALR-10]`,
      FailData: {
        Targets: { Target: malformed.map((one) => ({ ...targetFields(one), JsonParams: undefined })) },
      },
    };
  },
});
