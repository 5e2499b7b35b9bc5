import { groupName5, MAX_RETRIES_DEFAULT } from "../../contract/limits/rocketmq.ts";
import type { Kernel } from "../core/kit/kernel.ts";
import type { PurchasesPort, QueuePort } from "../core/kit/ports.ts";
import { createGroup } from "./engine/groups.ts";
import { queueGroup } from "./queue-group.ts";
import { settingsOf } from "./settings.ts";
import { rocketmqStore } from "./store.ts";

/** What other rooms and the data plane see of instances, topics and groups. */
export function queuePort(kernel: Kernel): QueuePort {
  const store = rocketmqStore(kernel.store);
  const found = (instanceId: string, groupId: string) => {
    const group = store.groups.get(instanceId, groupId);
    return group && queueGroup(group);
  };
  return {
    instance(instanceId) {
      const instance = store.instance(instanceId);
      return instance && { instanceId, version: "5.x", region: instance.region };
    },
    topic(instanceId, topic) {
      const known = store.topics.get(instanceId, topic);
      return known && { instanceId, topic, version: "5.x", messageType: known.messageType };
    },
    group: found,
    groupForClient(instanceId, groupId) {
      const group = found(instanceId, groupId);
      if (group || !settingsOf(kernel).autoCreateGroups) return group;
      if (store.instance(instanceId)?.status !== "RUNNING" || !groupName5.safeParse(groupId).success) {
        return undefined;
      }
      return queueGroup(
        createGroup(kernel, instanceId, groupId, {
          order: "Concurrently",
          retry: { retryPolicy: "DefaultRetryPolicy", maxRetryTimes: MAX_RETRIES_DEFAULT },
          remark: "made when a client used it",
        }),
      );
    },
    authenticate(instanceId, userName, password) {
      const account = store.account(instanceId, userName);
      return account?.status === "ENABLE" && kernel.vault.open(account.sealedPassword) === password;
    },
  };
}

/** The instances as a bill lists them. */
export function purchasesPort(kernel: Kernel): PurchasesPort {
  const store = rocketmqStore(kernel.store);
  return {
    purchases: () =>
      store.instances().map((instance) => ({
        instanceId: instance.instanceId,
        region: instance.region,
        status: instance.status,
        createdAtMs: instance.createdAtMs,
        ...(instance.expiresAtMs === undefined ? {} : { expiresAtMs: instance.expiresAtMs }),
        paymentType: instance.paymentType,
        renewal: instance.renewal,
      })),
    renew(instanceId, renewal) {
      return kernel.store.transaction(() => {
        const instance = store.instance(instanceId);
        if (!instance) return false;
        store.updateInstance({ ...instance, renewal });
        return true;
      });
    },
  };
}
