import type { Kernel } from "../core/kit/kernel.ts";
import type { TrackingPort } from "../core/kit/ports.ts";
import { dataRange } from "./engine/range.ts";
import { dtsStore } from "./store.ts";

/** What other rooms may know of consumer groups: inflow tasks and the data plane look them up here. */
export function trackingPort(kernel: Kernel): TrackingPort {
  const store = dtsStore(kernel.store);
  return {
    group(groupId) {
      const group = store.group(groupId);
      const job = group && store.job(group.jobId);
      if (!group || !job) return undefined;
      const range = dataRange(kernel, job);
      return {
        groupId,
        groupName: group.name,
        userName: group.userName,
        instanceId: job.instanceId,
        jobId: job.jobId,
        region: job.region,
        status: job.status,
        topic: job.configuration?.topic ?? "",
        beginSeconds: range?.beginSeconds ?? 0,
        endSeconds: range?.endSeconds ?? 0,
      };
    },
    authenticate(groupId, userName, password) {
      const group = store.group(groupId);
      // The hash is checked even where the account is wrong, so that the time taken tells nothing.
      return (
        group !== undefined &&
        kernel.vault.matches(password, group.passwordHash) &&
        group.userName === userName
      );
    },
  };
}
