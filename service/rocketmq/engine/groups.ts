import { ROCKETMQ_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { type DeliveryOrder, fixedIntervalRefusal } from "../../../contract/limits/rocketmq.ts";
import type { RetryPolicy } from "../../../contract/rocketmq/params.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Group } from "../entities.ts";
import { rocketmqStore } from "../store.ts";
import { invalidParameter } from "./failures.ts";
import { groupOf, readyInstance } from "./find.ts";
import { lifecycleOf } from "./lifecycle.ts";

type GroupSettings = Omit<Group, "instanceId" | "groupId" | "status" | "createdAtMs" | "updatedAtMs">;

/** Adds a group. Name and retry are judged and the group is stored in one transaction: of two equal creates one wins. */
export function createGroup(
  kernel: Kernel,
  instanceId: string,
  groupId: string,
  settings: GroupSettings,
): Group {
  const store = rocketmqStore(kernel.store);
  return kernel.store.transaction(() => {
    readyInstance(kernel, instanceId);
    if (store.groups.get(instanceId, groupId)) {
      throw serviceError(ROCKETMQ_ERRORS.GroupExisted, {
        parameter: "consumerGroupId",
        detail: `${instanceId} has the group ${JSON.stringify(groupId)}; a name must be unique in its instance.`,
        rule: "RMQ-1",
      });
    }
    const now = kernel.clock.now();
    const group: Group = {
      ...settings,
      instanceId,
      groupId,
      retry: judgedRetry(kernel, instanceId, settings.order, settings.retry),
      status: "CREATING",
      createdAtMs: now,
      updatedAtMs: now,
    };
    store.groups.insert(group);
    lifecycleOf(kernel).group(instanceId, groupId);
    return group;
  });
}

type GroupChange = Pick<GroupSettings, "retry"> &
  Partial<Pick<GroupSettings, "order" | "remark" | "maxReceiveTps">>;

/** The retry policy is set as a whole; the rest is kept unless given. */
export function changeGroup(kernel: Kernel, instanceId: string, groupId: string, change: GroupChange): void {
  kernel.store.transaction(() => {
    const group = groupOf(kernel, instanceId, groupId);
    const order = change.order ?? group.order;
    rocketmqStore(kernel.store).groups.update({
      ...group,
      order,
      retry: judgedRetry(kernel, instanceId, order, change.retry),
      remark: change.remark ?? group.remark,
      maxReceiveTps: change.maxReceiveTps ?? group.maxReceiveTps,
      updatedAtMs: kernel.clock.now(),
    });
  });
}

export function deleteGroup(kernel: Kernel, instanceId: string, groupId: string): void {
  kernel.store.transaction(() => {
    groupOf(kernel, instanceId, groupId);
    rocketmqStore(kernel.store).groups.delete(instanceId, groupId);
  });
}

/** RMQ-5, and a dead-letter topic that exists. An interval of 0 is what tools send for none. */
function judgedRetry(
  kernel: Kernel,
  instanceId: string,
  order: DeliveryOrder,
  wanted: RetryPolicy,
): RetryPolicy {
  const unset = wanted.fixedIntervalRetryTime === 0 && wanted.retryPolicy === "DefaultRetryPolicy";
  const seconds = unset ? undefined : wanted.fixedIntervalRetryTime;
  const refusal = seconds === undefined ? undefined : fixedIntervalRefusal(order, seconds);
  if (refusal !== undefined) {
    throw invalidParameter(
      "fixedIntervalRetryTime",
      `consumeRetryPolicy.fixedIntervalRetryTime ${refusal.text}`,
      refusal.rule,
    );
  }
  const topic = wanted.deadLetterTargetTopic;
  if (topic !== undefined && !rocketmqStore(kernel.store).topics.get(instanceId, topic)) {
    throw invalidParameter(
      "deadLetterTargetTopic",
      `${instanceId} has no topic ${JSON.stringify(topic)}; make it first.`,
    );
  }
  return { ...wanted, fixedIntervalRetryTime: seconds };
}
