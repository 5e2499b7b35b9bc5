import { MAX_RETRIES_DEFAULT } from "../../../../../contract/limits/rocketmq.ts";
import {
  ORDERS,
  RETRIES,
  type RocketmqGroupInputs,
  rocketmqGroup,
} from "../../../../schema/consumer-group-rocketmq.ts";
import { inputKeys } from "../../../../schema/marks.ts";
import type { GroupFields } from "../../../api/rocketmq.ts";
import type { Session } from "../../../host/session.ts";
import type { Properties } from "../../../resource.ts";
import { wordOf } from "../../shared/inputs.ts";

export const INPUT_KEYS = inputKeys(rocketmqGroup);

type RetryFields = NonNullable<GroupFields["consumeRetryPolicy"]>;

/** Checked inputs, where name and region are filled in. */
export type GroupInputs = RocketmqGroupInputs & { readonly region: string };

/** The region may be missing in what `.get()` hands over. */
export function groupInputs(session: Session, props: Properties): GroupInputs {
  return { region: session.settings.region, ...props } as unknown as GroupInputs;
}

/** The group as the 5.x API wants it, whole: what an update leaves out of the retry policy is unset. */
export function toWire({ deliveryOrder, retryPolicy, afterLastRetry, remark }: GroupInputs) {
  const topic = typeof afterLastRetry === "object" ? afterLastRetry.deadLetterTopic : undefined;
  return {
    deliveryOrderType: ORDERS[deliveryOrder ?? "concurrent"],
    consumeRetryPolicy: {
      retryPolicy: RETRIES[retryPolicy?.type ?? "default"],
      maxRetryTimes: retryPolicy?.maxRetries ?? MAX_RETRIES_DEFAULT,
      ...(retryPolicy?.intervalSeconds === undefined
        ? {}
        : { fixedIntervalRetryTime: retryPolicy.intervalSeconds }),
      ...(topic === undefined ? {} : { deadLetterTargetTopic: topic }),
    },
    remark: remark ?? "",
  };
}

/** What the service has, as inputs; fields that mean the same as what was declared stay as they were written. */
export function fromWire(inputs: GroupInputs, record: GroupFields): Properties {
  const wanted = toWire(inputs);
  const retry = record.consumeRetryPolicy ?? {};
  return {
    ...(record.deliveryOrderType === wanted.deliveryOrderType && inputs.afterLastRetry !== undefined
      ? {}
      : { deliveryOrder: wordOf(ORDERS, record.deliveryOrderType) }),
    ...(isSameRetry(retry, wanted.consumeRetryPolicy) ? {} : { retryPolicy: retryInput(retry) }),
    ...((retry.deadLetterTargetTopic || undefined) === wanted.consumeRetryPolicy.deadLetterTargetTopic &&
    inputs.afterLastRetry !== undefined
      ? {}
      : { afterLastRetry: lastInput(retry) }),
    ...((record.remark ?? "") === wanted.remark ? {} : { remark: record.remark || undefined }),
  };
}

function isSameRetry(a: RetryFields, b: RetryFields): boolean {
  return (
    a.retryPolicy === b.retryPolicy &&
    a.maxRetryTimes === b.maxRetryTimes &&
    (a.fixedIntervalRetryTime || undefined) === b.fixedIntervalRetryTime
  );
}

function retryInput(retry: RetryFields): Properties {
  return {
    type: wordOf(RETRIES, retry.retryPolicy),
    ...(retry.fixedIntervalRetryTime ? { intervalSeconds: retry.fixedIntervalRetryTime } : {}),
    ...(retry.maxRetryTimes === undefined ? {} : { maxRetries: retry.maxRetryTimes }),
  };
}

function lastInput({ deadLetterTargetTopic: topic }: RetryFields): unknown {
  return topic ? { deadLetterTopic: topic } : "discard";
}
