import { GATEWAY_ERRORS, serviceError } from "../../contract/errors/index.ts";
import type { Kernel } from "../core/kit/kernel.ts";
import type { Thread } from "../core/threads/kept-thread.ts";
import { openLifecycle } from "./engine/lifecycle.ts";
import { groupActivityOf, placeOf } from "./engine/plane/activity.ts";
import { MessageFigures } from "./engine/plane/figures.ts";
import { MessagePlane } from "./engine/plane/plane.ts";
import { purchasesPort, queuePort } from "./ports.ts";
import { settingsOf } from "./settings.ts";
import { rocketmqStore } from "./store.ts";

/** Opens the room: what others may know of it, and what goes on behind its answers. `spawn` starts the message thread. */
export function openRocketmq(kernel: Kernel, spawn: () => Thread): { close(): Promise<void> } {
  const { messages } = settingsOf(kernel);
  const queues = queuePort(kernel);
  kernel.ports.provide("queues5", queues);
  kernel.ports.provide("purchases", purchasesPort(kernel));
  const lifecycle = openLifecycle(kernel);
  const makeGroup = (instanceId: string, groupId: string) =>
    void queues.groupForClient?.(instanceId, groupId);
  const moving = messages ? openPlane(kernel, new MessagePlane({ kernel, spawn, makeGroup })) : undefined;
  lifecycle.plane = moving?.plane;
  return {
    async close() {
      lifecycle.close();
      await moving?.close();
    },
  };
}

function openPlane(kernel: Kernel, plane: MessagePlane) {
  const { ports } = kernel;
  const figures = new MessageFigures(kernel, plane);
  ports.add("figures", figures);
  ports.add("activity", { activity: (kind, key) => groupActivityOf(kernel, plane, kind, key) });
  ports.provide("messages5", { connect: () => plane.connect() });
  ports.provide("offsets", {
    async reset(kind, key, topic, toMs) {
      const place = kind === "rocketmq" ? placeOf(key) : undefined;
      if (!place) return;
      const { instanceId, groupId: group } = place;
      await plane.reset({ instanceId, group, topic, toMs }).catch((error: Error) => {
        kernel.log.warn("rocketmq.notReset", { instanceId, group, topic, reason: error.message });
        throw serviceError(GATEWAY_ERRORS.ServiceUnavailable);
      });
    },
  });
  const unwatch = rocketmqStore(kernel.store).watch((instanceId) => plane.look(instanceId));
  plane.begin();
  return {
    plane,
    async close() {
      unwatch();
      figures.close();
      await plane.close();
    },
  };
}
