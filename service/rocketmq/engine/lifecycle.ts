import type { Kernel } from "../../core/kit/kernel.ts";
import type { Store } from "../../core/store/store.ts";
import { rocketmqStore } from "../store.ts";

/** How long the passing states take. The settings' wait scale multiplies them. */
const instanceMs = 500;
const memberMs = 150;
/** A transition that could not be stored (a full disk) is tried again, so often and after so long. */
const triesMax = 60;
const retryMs = 1_000;

/**
 * Ends the states that end by themselves: CREATING and CHANGING become RUNNING. The state is stored before the
 * wait begins, so a process that dies takes it up when it opens again.
 */
export interface Lifecycle {
  instance(instanceId: string): void;
  topic(instanceId: string, name: string): void;
  group(instanceId: string, groupId: string): void;
  close(): void;
}

const open = new WeakMap<Store, Lifecycle>();

/** The lifecycle that belongs to a kernel's store; the room opens it before the first call. */
export function lifecycleOf(kernel: Kernel): Lifecycle {
  const lifecycle = open.get(kernel.store);
  if (!lifecycle) throw new Error("the room is not open");
  return lifecycle;
}

/** Opens the lifecycle and goes on with what an earlier process left under way. */
export function openLifecycle(kernel: Kernel): Lifecycle {
  const store = rocketmqStore(kernel.store);
  const cancels = new Set<() => void>();
  let closed = false;

  function later(delayMs: number, work: () => void, triesLeft = triesMax): void {
    const cancel = kernel.clock.after(delayMs, () => {
      cancels.delete(cancel);
      if (closed) return;
      try {
        kernel.store.transaction(work);
      } catch (error) {
        kernel.log.error("rocketmq.transition", { error: String(error), triesLeft });
        if (triesLeft > 0) later(retryMs, work, triesLeft - 1);
      }
    });
    cancels.add(cancel);
  }

  const lifecycle: Lifecycle = {
    instance: (instanceId) =>
      later(instanceMs, () => {
        const instance = store.instance(instanceId);
        if (instance && instance.status !== "RUNNING")
          store.updateInstance({ ...instance, status: "RUNNING" });
      }),
    topic: (instanceId, name) =>
      later(memberMs, () => {
        const topic = store.topics.get(instanceId, name);
        if (topic?.status === "CREATING") store.topics.update({ ...topic, status: "RUNNING" });
      }),
    group: (instanceId, groupId) =>
      later(memberMs, () => {
        const group = store.groups.get(instanceId, groupId);
        if (group?.status === "CREATING") store.groups.update({ ...group, status: "RUNNING" });
      }),
    close() {
      closed = true;
      for (const cancel of cancels) cancel();
      cancels.clear();
      if (open.get(kernel.store) === lifecycle) open.delete(kernel.store);
    },
  };
  open.set(kernel.store, lifecycle);
  for (const one of store.instances()) if (one.status !== "RUNNING") lifecycle.instance(one.instanceId);
  for (const one of store.topics.inStatus("CREATING")) lifecycle.topic(one.instanceId, one.name);
  for (const one of store.groups.inStatus("CREATING")) lifecycle.group(one.instanceId, one.groupId);
  return lifecycle;
}
