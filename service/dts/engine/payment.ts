import type { PeriodUnit } from "../../../contract/limits/payment.ts";
import { addPeriod } from "../../core/kit/add-period.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Job, PayType } from "../entities.ts";
import { invalidParameter } from "./failures.ts";
import { changeJob, patchJob } from "./jobs.ts";

/** `BuyCount` of a renewal, by its `Period`. */
const buyCountMax: Readonly<Record<PeriodUnit, number>> = { Year: 5, Month: 60 };

interface Term {
  readonly unit: PeriodUnit;
  readonly count: number;
}

/** Refuses a term that cannot be bought in a renewal or a change of payment; `parameter` names the count. */
export function checkTerm({ unit, count }: Term, parameter: string): void {
  if (count <= buyCountMax[unit]) return;
  throw invalidParameter(parameter, `It must be 1 to ${buyCountMax[unit]} for ${unit}, got ${count}.`);
}

/** Adds the term to what is paid for already. Returns the new end, milliseconds since the epoch. */
export function renew(kernel: Kernel, jobId: string, term: Term): number {
  checkTerm(term, "BuyCount");
  return changeJob(kernel, jobId, (job) => {
    if (job.payType !== "PrePaid") {
      throw invalidParameter("ChargeType", `${job.instanceId} is PostPaid; call TransferPayType first.`);
    }
    const expiresAtMs = addPeriod(Math.max(job.expiresAtMs ?? 0, kernel.clock.now()), term.unit, term.count);
    patchJob(kernel, job, { expiresAtMs });
    return expiresAtMs;
  });
}

/** Changes how the instance is paid for; from PostPaid the term starts now. Returns the job as it is then. */
export function transferPayment(
  kernel: Kernel,
  jobId: string,
  payType: PayType,
  term: Term,
  instanceClass: string | undefined,
): Job {
  if (payType === "PrePaid") checkTerm(term, "BuyCount");
  return changeJob(kernel, jobId, (job) => {
    const expiresAtMs =
      payType === "PostPaid"
        ? undefined
        : (job.expiresAtMs ?? addPeriod(kernel.clock.now(), term.unit, term.count));
    const newClass =
      instanceClass === undefined ? {} : { instanceClass, bought: { ...job.bought, instanceClass } };
    const next = { payType, expiresAtMs, ...newClass };
    patchJob(kernel, job, next);
    return { ...job, ...next } as Job;
  });
}
