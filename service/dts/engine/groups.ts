import { DTS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { MAX_GROUPS_PER_INSTANCE } from "../../../contract/limits/dts.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import { tellDependents } from "../../core/kit/tell-dependents.ts";
import type { Group, Job } from "../entities.ts";
import { dtsStore } from "../store.ts";
import { groupNotFound, jobNotFound, wrongStatus } from "./failures.ts";
import { lifecycleOf } from "./lifecycle.ts";

const ID_LENGTH = 15;

interface GroupInput {
  readonly name: string;
  readonly userName: string;
  readonly password: string;
}

/**
 * Adds a group to a Normal job. Status, names and number are judged and the group is stored in one
 * transaction, so that of two callers at the last place exactly one wins. A taken name is said before a full
 * instance: a caller that repeats a create whose answer was lost must see its own group.
 */
export function createGroup(kernel: Kernel, jobId: string, input: GroupInput): Group {
  const store = dtsStore(kernel.store);
  const passwordHash = kernel.vault.hash(input.password);
  return kernel.store.transaction(() => {
    const job = store.job(jobId);
    if (!job) throw jobNotFound(jobId);
    if (job.status !== "Normal") throw wrongStatus(job, "Normal", "DTS-11");
    refuseClash(store.clashingGroup(jobId, input.name, input.userName, ""), input.name, input.userName);
    const present = store.countGroups(jobId);
    if (present >= MAX_GROUPS_PER_INSTANCE) {
      throw serviceError(DTS_ERRORS.QuotaExceededConsumerGroup, {
        detail: `${job.instanceId} has ${present}; delete one first.`,
        rule: "DTS-1",
      });
    }
    const group: Group = {
      groupId: `dts${kernel.random.id(ID_LENGTH)}`,
      jobId,
      name: input.name,
      userName: input.userName,
      passwordHash,
      createdAtMs: kernel.clock.now(),
    };
    store.insertGroup(group);
    return group;
  });
}

/** Changes what is given of a group's name, account and password, in any state of the job. */
export function changeGroup(kernel: Kernel, job: Job, groupId: string, input: Partial<GroupInput>): void {
  const store = dtsStore(kernel.store);
  const passwordHash = input.password === undefined ? undefined : kernel.vault.hash(input.password);
  kernel.store.transaction(() => {
    const group = groupOf(kernel, job, groupId);
    const next: Group = {
      ...group,
      name: input.name ?? group.name,
      userName: input.userName ?? group.userName,
      passwordHash: passwordHash ?? group.passwordHash,
    };
    refuseClash(store.clashingGroup(job.jobId, next.name, next.userName, groupId), next.name, next.userName);
    store.updateGroup(next);
  });
  lifecycleOf(kernel).plane.forgetGroup(groupId, false);
}

export function deleteGroup(kernel: Kernel, job: Job, groupId: string): void {
  kernel.store.transaction(() => {
    groupOf(kernel, job, groupId);
    dtsStore(kernel.store).deleteGroup(groupId);
    tellDependents(kernel);
  });
  lifecycleOf(kernel).plane.forgetGroup(groupId, true);
}

/** The group, if it belongs to this job. */
export function groupOf(kernel: Kernel, job: Job, groupId: string): Group {
  const group = dtsStore(kernel.store).group(groupId);
  if (!group || group.jobId !== job.jobId) throw groupNotFound(groupId);
  return group;
}

function refuseClash(clash: Group | undefined, name: string, userName: string): void {
  if (!clash) return;
  if (clash.name === name) {
    throw serviceError(DTS_ERRORS.DuplicateConsumerGroupName, {
      parameter: "ConsumerGroupName",
      detail: `${clash.groupId} has the name ${JSON.stringify(name)}.`,
    });
  }
  throw serviceError(DTS_ERRORS.DuplicateConsumerGroupUserName, {
    parameter: "ConsumerGroupUserName",
    detail: `${clash.groupId} has the account ${JSON.stringify(userName)}.`,
  });
}
