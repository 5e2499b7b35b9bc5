import { DTS_ERRORS, GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { ACCESS_METHOD_NAMES } from "../../../contract/limits/dts.ts";
import { addressRefusal, portRefusal } from "../../../contract/limits/source.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Job, JobConfiguration, MonitorRule, SourceEndpoint } from "../entities.ts";
import { dtsStore } from "../store.ts";
import { topicName, trackedDatabase } from "./address.ts";
import { requireDataTypes } from "./data-types.ts";
import { changeJob, endCapture, startJob } from "./jobs.ts";
import { lifecycleOf } from "./lifecycle.ts";

interface Configuration extends Omit<JobConfiguration, "topic" | "sealedPassword"> {
  readonly name?: string | undefined;
  readonly password?: string | undefined;
  readonly rules?: readonly Omit<MonitorRule, "jobId">[];
}

/** Names of the parameters that failures speak of; the two families write them differently. */
interface ParameterNames {
  readonly host: string;
  readonly port: string;
  readonly instanceId: string;
  readonly dml: string;
}

const configurable = ["NotConfigured", "NotStarted", "PrecheckFailed"];

/** Sets what a job tracks. It may be repeated until the job has started. */
export function configureJob(
  kernel: Kernel,
  jobId: string,
  wanted: Configuration,
  names: ParameterNames,
): Job {
  requireAddress(wanted.source, names);
  requireDataTypes(wanted, names.dml);
  const store = dtsStore(kernel.store);
  const { name, password, rules = [], ...rest } = wanted;
  const sealedPassword = password === undefined ? undefined : kernel.vault.seal(password);
  const job = changeJob(kernel, jobId, (present) => {
    if (!configurable.includes(present.status)) {
      throw serviceError(DTS_ERRORS.OperationDeniedInitStatus, {
        detail: `${present.instanceId} is ${present.status}; call ModifySubscription, or ResetDtsJob first.`,
      });
    }
    const database = trackedDatabase(rest.source, rest.objects);
    const topic = topicName(present.region, rest.source, database, present.instanceId, (one) =>
      store.topicTaken(one, jobId),
    );
    for (const rule of rules) store.putRule({ ...rule, jobId });
    // Of a start that failed: the source may be another one now.
    endCapture(kernel, present, true);
    return lifecycleOf(kernel).enter(present, "NotStarted", {
      name: name ?? present.name,
      configuration: { ...rest, topic, ...(sealedPassword === undefined ? {} : { sealedPassword }) },
      precheck: undefined,
      errorMessage: undefined,
      capture: undefined,
    });
  });
  if (startsItself(rest.reserved)) startJob(kernel, jobId);
  return job;
}

/** A published key of the reserved parameters: precheck and start right after the configuration. */
function startsItself(reserved: string): boolean {
  const keys = JSON.parse(reserved) as { autoStartModulesAfterConfig?: unknown };
  return keys.autoStartModulesAfterConfig === "auto";
}

/** A source needs an address of its own or the id of the instance that has one, as its access method says. */
function requireAddress(source: SourceEndpoint, names: ParameterNames): void {
  const address = {
    accessMethod: ACCESS_METHOD_NAMES.find((name) => name === source.instanceType),
    host: source.host || undefined,
    port: source.port === "" ? undefined : Number(source.port),
    instanceId: source.instanceId || undefined,
  };
  const refused = addressRefusal(address) ?? portRefusal(address);
  if (refused === undefined) return;
  throw serviceError(GATEWAY_ERRORS.Missing, {
    parameter: names[refused.field],
    detail: `Give ${names.host} and ${names.port} for a self-managed source or ${names.instanceId} for a cloud instance.`,
  });
}
