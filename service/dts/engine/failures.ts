import { DTS_ERRORS, type ServiceError, serviceError } from "../../../contract/errors/index.ts";
import type { Job } from "../entities.ts";

/** A parameter whose value cannot stand; `detail` says what is allowed and never holds a secret. */
export function invalidParameter(parameter: string, detail: string): ServiceError {
  return serviceError(DTS_ERRORS.InvalidParameter, { parameter, detail });
}

export function jobNotFound(id: string): ServiceError {
  return serviceError(DTS_ERRORS.InstanceNotFound, { detail: `Asked for ${id}.` });
}

export function groupNotFound(groupId: string, parameter = "ConsumerGroupId"): ServiceError {
  return serviceError(DTS_ERRORS.ConsumerGroupNotFound, {
    parameter,
    detail: `Asked for ${groupId}.`,
  });
}

/** The job's state does not allow the call; `needed` names the states that do. */
export function wrongStatus(job: Job, needed: string, rule?: string): ServiceError {
  return serviceError(DTS_ERRORS.OperationDeniedJobStatus, {
    detail: `${job.instanceId} is ${job.status}; needed: ${needed}.`,
    rule,
  });
}

export function beingModified(job: Job): ServiceError {
  return serviceError(DTS_ERRORS.OperationDeniedJobStatusModifying, {
    detail: `${job.instanceId} is ${job.status}.`,
  });
}
