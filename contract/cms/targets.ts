import { z } from "zod";
import { targetLevels } from "../limits/cms-contacts.ts";
import { parseJson } from "../limits/shape.ts";
import { refuse } from "../limits/text.ts";
import { once } from "../once.ts";
import { list, optional, text } from "../params.ts";
import { cmsAction, outcome } from "./actions-of.ts";
import { commonParams } from "./params.ts";

/** What an alert rule does besides telling people. */

const testedBy = ["test/service/cms/clients.test.ts", "test/service/cms/limits.test.ts"];

const jsonAsText = once(() =>
  z.string().superRefine((value, ctx) => {
    const parsed = parseJson(value);
    if ("problem" in parsed) refuse(ctx, parsed.problem);
  }),
);

/** Changes those of the same id (ALR-10). Where an ARN is malformed nothing is stored, and FailData names it. */
export const putMetricRuleTargets = cmsAction({
  name: "PutMetricRuleTargets",
  kind: "write",
  summary: "Adds or changes targets of an alert rule.",
  coverage: { missing: "targets are kept and not called yet" },
  testedBy,
  request: () =>
    z.object({
      ...commonParams(),
      RuleId: text(),
      Targets: list(
        z.object({
          Id: text(),
          Arn: text(),
          Level: optional(text(targetLevels)),
          JsonParams: optional(text(jsonAsText())),
        }),
        { min: 1, max: 100 },
      ),
    }),
  answer: {
    ...outcome,
    FailData: { Targets: { Target: [{ Arn: "string", Id: "string", Level: "string" }] } },
  },
});

export const describeMetricRuleTargets = cmsAction({
  name: "DescribeMetricRuleTargets",
  kind: "read",
  summary: "Lists the targets of an alert rule.",
  coverage: "whole",
  testedBy,
  request: () => z.object({ ...commonParams(), RuleId: text() }),
  answer: {
    ...outcome,
    Targets: { Target: [{ Arn: "string", Id: "string", JsonParams: "string", Level: "string" }] },
  },
});

/** Ids that the rule does not have come back in FailIds; the others are taken off all the same. */
export const deleteMetricRuleTargets = cmsAction({
  name: "DeleteMetricRuleTargets",
  kind: "write",
  summary: "Takes targets off an alert rule.",
  coverage: "whole",
  testedBy,
  request: () =>
    z.object({ ...commonParams(), RuleId: text(), TargetIds: list(text(), { min: 1, max: 100 }) }),
  answer: { ...outcome, FailIds: { TargetIds: { TargetId: ["string"] } } },
});
