import type { StreamSource } from "../../../contract/eventbridge/configuration.ts";
import { offsetRefusal, offsetSeconds, regionRefusal } from "../../../contract/limits/eventbridge.ts";
import { shown } from "../../../contract/limits/message.ts";
import { type Refusal, withRule } from "../../../contract/validation/refusal.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { TrackingGroup } from "../../core/kit/ports.ts";

type TrackingSource = NonNullable<StreamSource["SourceDTSParameters"]>;

/**
 * What documented limits forbid of a source whose group is known: its region (MQ-1) and, before anything was
 * consumed, an offset outside the data range (MQ-4). A group that is not known yet is judged by the start.
 */
export function sourceRefusal(
  kernel: Kernel,
  source: TrackingSource,
  consumed: boolean,
): Refusal | undefined {
  const group = kernel.ports.find("tracking")?.group(source.Sid);
  if (!group) return undefined;
  const region = regionRefusal(group.region);
  if (region !== undefined) return { ...region, text: `Sid names a group whose region ${region.text}` };
  const offset = consumed ? undefined : offsetProblem(source, group);
  return offset && { ...offset, text: `InitCheckPoint ${offset.text}` };
}

/** Everything that keeps a source from being read; the password is in no text. */
export function sourceProblems(kernel: Kernel, source: TrackingSource, consumed: boolean): string[] {
  const tracking = kernel.ports.find("tracking");
  const group = tracking?.group(source.Sid);
  if (!tracking || !group) return [`Sid names no consumer group, got ${shown(source.Sid)}`];
  const refused = sourceRefusal(kernel, source, consumed);
  const problems: (string | undefined)[] = [
    taskProblem(source, group),
    source.Topic && group.topic !== "" && source.Topic !== group.topic
      ? `Topic must be that of the tracking task (${group.topic}), got ${shown(source.Topic)}`
      : undefined,
    group.status === "Normal"
      ? undefined
      : `TaskId: the tracking task ${group.instanceId} is ${group.status}; it must be Normal`,
    tracking.authenticate(source.Sid, source.Username ?? "", source.Password ?? "")
      ? undefined
      : `Username and Password are not those of the consumer group ${shown(group.groupName)}`,
    refused && withRule(refused.text, refused.rule),
  ];
  return problems.flatMap((problem) => (problem === undefined ? [] : [problem]));
}

function taskProblem({ TaskId: taskId }: TrackingSource, group: TrackingGroup): string | undefined {
  if (!taskId || taskId === group.jobId || taskId === group.instanceId) return undefined;
  return `TaskId must be the tracking task of the group (${group.instanceId}), got ${shown(taskId)}`;
}

function offsetProblem({ InitCheckPoint: at }: TrackingSource, group: TrackingGroup): Refusal | undefined {
  if (at === null || at === undefined) return undefined;
  const seconds = offsetSeconds(at);
  return seconds === undefined ? undefined : offsetRefusal(seconds, group);
}
