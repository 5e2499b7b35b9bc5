/*
 * DescribeDtsInstanceDetail, version 2020-01-01: not published, but infrastructure tools read an instance by
 * it. Its payment words are POSTPAY and PREPAY; the status `finished` means that the instance has gone.
 */
import { z } from "zod";
import { commonParams } from "../../../contract/dts/params.ts";
import { DTS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { jobOf } from "../job-of.ts";
import { instanceStatusFields } from "../views/instance.ts";

export const describeDtsInstanceDetail = defineAction({
  name: "DescribeDtsInstanceDetail",
  kind: "read",
  summary: "Reads one instance (not published; clients read it).",
  request: z.object({
    ...commonParams,
    InstanceId: optional(text()),
    DtsInstanceId: optional(text()),
    DtsInstanceID: optional(text()),
  }),
  handler(ctx, input) {
    const id = input.InstanceId ?? input.DtsInstanceId ?? input.DtsInstanceID;
    if (id === undefined) throw serviceError(DTS_ERRORS.MissingDtsInstanceId, { parameter: "InstanceId" });
    const job = jobOf(ctx, { RegionId: input.RegionId, DtsInstanceId: id });
    return { DtsInstanceStatus: instanceStatusFields(ctx, job) };
  },
});
