import { describeDtsInstanceDetail as published } from "../../../contract/dts/instances.ts";
import { DTS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { defineAction } from "../../core/kit/action.ts";
import { jobOf } from "../job-of.ts";
import { instanceStatusFields } from "../views/instance.ts";

export const describeDtsInstanceDetail = defineAction(published, (ctx, input) => {
  const id = input.InstanceId ?? input.DtsInstanceId ?? input.DtsInstanceID;
  if (id === undefined) throw serviceError(DTS_ERRORS.MissingDtsInstanceId, { parameter: "InstanceId" });
  const job = jobOf(ctx, { RegionId: input.RegionId, DtsInstanceId: id });
  return { DtsInstanceStatus: instanceStatusFields(ctx, job) };
});
