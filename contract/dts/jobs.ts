import { z } from "zod";
import { taskType } from "../limits/dts-task.ts";
import { optional, text } from "../params.ts";
import { dtsAction } from "./actions-of.ts";
import { dynamicOutcome } from "./outcomes.ts";
import { commonParams, jobIdList, oneWayParams } from "./params.ts";

/**
 * The life of tasks, one by one and several at once. Directions of synchronisations and zero-ETL tasks are none of a
 * change tracking task's. Several: all are done or none, the first one refused undoes the others.
 */

const LIFECYCLE = "test/service/dts/lifecycle.test.ts";
const FURTHER = "test/service/dts/further.test.ts";
const several = () => z.object({ ...commonParams(), DtsJobIds: jobIdList() });

/** Answers at once. */
export const startDtsJob = dtsAction({
  name: "StartDtsJob",
  kind: "write",
  summary: "Prechecks and starts a task, or resumes a suspended one.",
  coverage: "whole",
  testedBy: [LIFECYCLE],
  request: () => z.object(oneWayParams()),
  answer: dynamicOutcome,
});

export const suspendDtsJob = dtsAction({
  name: "SuspendDtsJob",
  kind: "write",
  summary: "Pauses a task; it is then Abnormal.",
  coverage: "whole",
  testedBy: [LIFECYCLE],
  request: () => z.object(oneWayParams()),
  answer: dynamicOutcome,
});

/** The task is then Finished. */
export const stopDtsJob = dtsAction({
  name: "StopDtsJob",
  kind: "write",
  summary: "Ends a task for good.",
  coverage: "whole",
  testedBy: [LIFECYCLE],
  request: () => z.object(oneWayParams()),
  answer: dynamicOutcome,
});

/** The task is then NotConfigured. */
export const resetDtsJob = dtsAction({
  name: "ResetDtsJob",
  kind: "write",
  summary: "Clears a task's configuration, with its consumer groups.",
  coverage: "whole",
  testedBy: [LIFECYCLE],
  request: () => z.object(oneWayParams()),
  answer: dynamicOutcome,
});

/** A prepaid instance must have expired. */
export const deleteDtsJob = dtsAction({
  name: "DeleteDtsJob",
  kind: "write",
  summary: "Releases an instance with its task and groups.",
  coverage: "whole",
  testedBy: ["test/service/dts/clients.test.ts"],
  request: () => z.object({ ...oneWayParams(), JobType: optional(text(taskType)) }),
  answer: dynamicOutcome,
});

export const startDtsJobs = dtsAction({
  name: "StartDtsJobs",
  kind: "write",
  summary: "Starts several tasks.",
  coverage: "whole",
  testedBy: [FURTHER],
  request: several,
  answer: dynamicOutcome,
});

export const suspendDtsJobs = dtsAction({
  name: "SuspendDtsJobs",
  kind: "write",
  summary: "Pauses several tasks.",
  coverage: "whole",
  testedBy: [FURTHER],
  request: several,
  answer: dynamicOutcome,
});

export const stopDtsJobs = dtsAction({
  name: "StopDtsJobs",
  kind: "write",
  summary: "Ends several tasks for good.",
  coverage: "whole",
  testedBy: [FURTHER],
  request: several,
  answer: dynamicOutcome,
});

export const deleteDtsJobs = dtsAction({
  name: "DeleteDtsJobs",
  kind: "write",
  summary: "Releases several instances.",
  coverage: "whole",
  testedBy: [FURTHER],
  request: several,
  answer: dynamicOutcome,
});
