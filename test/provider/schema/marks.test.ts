import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { diffInputs } from "../../../provider/runtime/resources/shared/diff.ts";
import { alertRule } from "../../../provider/schema/alert-rule.ts";
import { changeTrackingInstance } from "../../../provider/schema/change-tracking-instance.ts";
import { changeTrackingGroup } from "../../../provider/schema/consumer-group.ts";
import { iotGroup } from "../../../provider/schema/consumer-group-iot.ts";
import { rocketmqGroup } from "../../../provider/schema/consumer-group-rocketmq.ts";
import { inflowTask } from "../../../provider/schema/inflow-task.ts";
import { inputKeys, membersOf } from "../../../provider/schema/marks.ts";
import { UNKNOWN } from "../../../provider/schema/unknown.ts";

/** Every input, a member of `source` by its path, that replaces the resource when it alone is another. */
function replacing(schema: z.ZodObject, rest: object = {}): string[] {
  const diff = (inputs: object) => diffInputs(schema, rest as never, { ...rest, ...inputs } as never);
  const members = membersOf(schema.shape.source);
  return inputKeys(schema).flatMap((key) => {
    if (key !== "source" || members === undefined) return diff({ [key]: "new" }).replaces;
    return inputKeys(members).flatMap((name) =>
      diff({ source: { [name]: "new" } }).replaces.map((top) => `${top}.${name}`),
    );
  });
}

describe("what replaces a resource", () => {
  it.each([
    [
      "an instance",
      changeTrackingInstance,
      {},
      "region source.engine source.accessMethod source.host source.port source.instanceId source.databaseName source.oracleSid network",
    ],
    ["a group of change tracking", changeTrackingGroup, {}, "platform instance region"],
    ["a group of RocketMQ 5.x", rocketmqGroup, { version: "5.x" }, "platform instance version name region"],
    [
      "a group of RocketMQ 4.x",
      rocketmqGroup,
      { version: "4.x" },
      "platform instance version name groupType remark region",
    ],
    ["a group of IoT Platform", iotGroup, {}, "platform iotInstanceId region"],
    ["an inflow task", inflowTask, {}, "name region source.groupId"],
    ["an alert rule", alertRule, {}, "product metric region"],
  ])("of %s", (_title, schema, rest, expected) => {
    expect(replacing(schema, rest)).toEqual(expected.split(" "));
  });

  it("also when it is part of what is not known as a whole", () => {
    const diff = (source: unknown) => diffInputs(inflowTask, { source: { groupId: "a" } }, { source });
    expect(diff(UNKNOWN).replaces).toEqual(["source"]);
    expect(diff({ groupId: "a", password: UNKNOWN })).toEqual({ changes: true, replaces: [] });
  });
});
