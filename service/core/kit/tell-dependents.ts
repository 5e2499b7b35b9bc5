import type { Kernel } from "./kernel.ts";

/**
 * To be called, inside the transaction or after it, where something goes that another room may refer to by its id: a
 * group, a topic, an instance, a task. Who refers to it looks again once the present work is stored.
 */
export function tellDependents(kernel: Pick<Kernel, "ports">): void {
  for (const dependent of kernel.ports.all("dependents")) dependent.lookAgain();
}
