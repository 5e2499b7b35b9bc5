import { MessageChannel } from "node:worker_threads";
import type { Kernel } from "../core/kit/kernel.ts";
import { openLifecycle } from "./engine/lifecycle.ts";
import { Figures } from "./engine/plane/figures.ts";
import type { Spawn } from "./engine/plane/threads.ts";
import { dtsStore } from "./store.ts";
import { trackingPort } from "./tracking.ts";

/** Opens the room: what others may know of it, and what goes on behind its answers. */
export function openDts(kernel: Kernel, spawn: Spawn): { close(): Promise<void> } {
  kernel.ports.provide("tracking", trackingPort(kernel));
  const lifecycle = openLifecycle(kernel, spawn);
  const { plane } = lifecycle;
  kernel.ports.add("activity", {
    activity(kind, groupId) {
      // Without threads nothing is captured, and views ask for each group.
      const isOurs = kind === "dts" && plane.threads.isWanted;
      const group = isOurs ? dtsStore(kernel.store).group(groupId) : undefined;
      return group && plane.consumption.activity(group);
    },
  });
  kernel.ports.provide("changes", {
    async connect() {
      const { log } = plane.threads;
      if (!log) throw new Error("the thread that keeps changes is not up");
      const { port1, port2 } = new MessageChannel();
      log.tell("reader", { port: port1 }, [port1]);
      return port2;
    },
  });
  const figures = new Figures(kernel, plane);
  kernel.ports.add("figures", figures);
  return {
    async close() {
      figures.close();
      lifecycle.close();
      await plane.close();
    },
  };
}
