import { roomLifecycle } from "../../core/kit/room-lifecycle.ts";
import { rocketmqStore } from "../store.ts";
import type { MessagePlane } from "./plane/plane.ts";

/** How long the passing states take. The settings' wait scale multiplies them. */
const INSTANCE_MS = 500;
const MEMBER_MS = 150;

/**
 * Ends the states that end by themselves: CREATING and CHANGING become RUNNING. The state is stored before the
 * wait begins, so a process that dies takes it up when it opens again.
 */
interface Lifecycle {
  instance(instanceId: string): void;
  topic(instanceId: string, name: string): void;
  group(instanceId: string, groupId: string): void;
  /** Moves the messages; undefined where the settings leave every instance a declaration. */
  plane?: MessagePlane | undefined;
}

export const {
  open: openLifecycle,
  of: lifecycleOf,
  find: findLifecycle,
} = roomLifecycle<Lifecycle>("rocketmq", (kernel, { later, transition }) => {
  const store = rocketmqStore(kernel.store);
  const lifecycle: Lifecycle = {
    instance(instanceId) {
      const run = () => {
        const instance = store.instance(instanceId);
        if (instance && instance.status !== "RUNNING")
          store.updateInstance({ ...instance, status: "RUNNING" });
      };
      later(INSTANCE_MS, () => transition({ instanceId }, run));
    },
    topic(instanceId, name) {
      const run = () => {
        const topic = store.topics.get(instanceId, name);
        if (topic?.status === "CREATING") store.topics.update({ ...topic, status: "RUNNING" });
      };
      later(MEMBER_MS, () => transition({ instanceId, topic: name }, run));
    },
    group(instanceId, groupId) {
      const run = () => {
        const group = store.groups.get(instanceId, groupId);
        if (group?.status === "CREATING") store.groups.update({ ...group, status: "RUNNING" });
      };
      later(MEMBER_MS, () => transition({ instanceId, groupId }, run));
    },
  };
  for (const one of store.instances()) if (one.status !== "RUNNING") lifecycle.instance(one.instanceId);
  for (const one of store.topics.inStatus("CREATING")) lifecycle.topic(one.instanceId, one.name);
  for (const one of store.groups.inStatus("CREATING")) lifecycle.group(one.instanceId, one.groupId);
  return lifecycle;
});
