import { EVENTBRIDGE_ERRORS } from "../../../../contract/errors/index.ts";
import { hasCode } from "../../api/errors.ts";
import type { DetailedStatus, EventbridgeApi, StreamRecord } from "../../api/eventbridge.ts";

/** States of an event stream, as published. */
export const FAILED = ["STARTING_FAILED", "RUNNING_FAILED"] as const;
export const ACTIVE = ["STARTING", "RUNNING"] as const;

/** A task as the service describes it. */
export interface ObservedTask {
  readonly record: StreamRecord;
  readonly status: string;
  /** Only the figures that the service gives. */
  readonly metrics: { readonly delayTime?: number; readonly diffOffset?: number; readonly tps?: number };
  /** Why a task that failed has failed, in full; empty for any other. */
  readonly problem: string;
}

/** Undefined when there is no such task. */
export async function observeTask(api: EventbridgeApi, name: string): Promise<ObservedTask | undefined> {
  try {
    return observed(await api.stream(name));
  } catch (error) {
    if (isTaskGone(error)) return undefined;
    throw error;
  }
}

export function isTaskGone(error: unknown): boolean {
  return hasCode(error, EVENTBRIDGE_ERRORS.StreamNotExisted.code);
}

export function isFailed(status: string): boolean {
  return (FAILED as readonly string[]).includes(status);
}

export function isActive(status: string): boolean {
  return (ACTIVE as readonly string[]).includes(status);
}

function observed(record: StreamRecord): ObservedTask {
  const { Status: status = "", DetailedStatus: detail = {} } = record;
  return {
    record,
    status,
    metrics: {
      ...(detail.DelayTime === undefined ? {} : { delayTime: detail.DelayTime }),
      ...(detail.DiffOffset === undefined ? {} : { diffOffset: detail.DiffOffset }),
      ...(detail.TPS === undefined ? {} : { tps: detail.TPS }),
    },
    problem: isFailed(status) ? withoutSecret(problemOf(detail), record) : "",
  };
}

/** The message where there is one, else all that is said: nothing publishes the names. */
function problemOf({ Extensions: extensions }: DetailedStatus): string {
  if (extensions === undefined || Object.keys(extensions).length === 0) return "";
  const { ErrorMessage: message } = extensions;
  return typeof message === "string" && message !== "" ? message : JSON.stringify(extensions);
}

function withoutSecret(text: string, { Source }: StreamRecord): string {
  const password = Source?.SourceDTSParameters?.Password;
  return password ? text.replaceAll(password, "***") : text;
}
