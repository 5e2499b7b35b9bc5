import { CLIENT_SIDE } from "../../../provider/schema/consumer-group-rocketmq.ts";
import { type InterfacePlan, renderInterface } from "../interface.ts";
import { inputSchemas } from "../json-schema.ts";
import { COMMON, INSTANCE_REFERENCE, part, union } from "./parts.ts";

export function groupTypes(): string[] {
  const { changeTrackingGroup, rocketmqGroup, iotGroup } = inputSchemas;
  const noun = "group";
  const retry = part(rocketmqGroup, "retryPolicy");
  const subscription = part(iotGroup, "subscriptions", "[]");
  const shared = ["platform", "instance", "region", "adoptExisting", "forceUnsubscribe", "timeouts"];
  const ofVersion = (version: "4.x" | "5.x") => ({
    schema: rocketmqGroup,
    noun,
    version,
    base: "RocketmqGroupArgs",
    keys: Object.keys(rocketmqGroup.properties ?? {}).filter((key) => !shared.includes(key)),
    names: { retryPolicy: "RetryPolicyArgs" },
    types: { version: JSON.stringify(version) },
    never: notFor(version),
  });
  const plans: InterfacePlan[] = [
    {
      name: "ChangeTrackingGroupArgs",
      doc: "A consumer group of a change tracking instance.",
      schema: changeTrackingGroup,
      noun,
      names: COMMON,
      types: { instance: INSTANCE_REFERENCE },
    },
    {
      name: "RetryPolicyArgs",
      doc: "How a failed message is tried again.",
      schema: retry,
      noun,
      isMember: true,
    },
    {
      name: "RocketmqGroupArgs",
      doc: "What both versions of RocketMQ take.",
      schema: rocketmqGroup,
      noun,
      names: COMMON,
      keys: shared,
    },
    {
      ...ofVersion("5.x"),
      name: "Rocketmq5GroupArgs",
      doc: "A consumer group of ApsaraMQ for RocketMQ 5.x, which takes delivery order and retries from the group.",
      needed: ["version", "afterLastRetry"],
    },
    {
      ...ofVersion("4.x"),
      name: "Rocketmq4GroupArgs",
      doc: "A consumer group of ApsaraMQ for RocketMQ 4.x, where order and retries are the client's.",
    },
    {
      name: "IotSubscriptionArgs",
      doc: "A product whose messages an IoT group gets.",
      schema: subscription,
      noun,
      isMember: true,
    },
    {
      name: "IotGroupArgs",
      doc: "A consumer group of IoT Platform.",
      schema: iotGroup,
      noun,
      names: { ...COMMON, subscriptions: "IotSubscriptionArgs" },
    },
  ];
  const members = ["ChangeTrackingGroupArgs", "Rocketmq5GroupArgs", "Rocketmq4GroupArgs", "IotGroupArgs"];
  return [
    ...plans.map(renderInterface),
    union("ConsumerGroupArgs", "Inputs of a `ConsumerGroup`, by platform.", members),
  ];
}

/** What only the other version has, with the reason. */
function notFor(version: "4.x" | "5.x"): Record<string, string> {
  const others = Object.entries(inputSchemas.rocketmqGroup.properties ?? {}).filter(
    ([, { only }]) => only !== undefined && only !== version,
  );
  const reasons: Readonly<Record<string, string>> = CLIENT_SIDE;
  return Object.fromEntries(
    others.map(([key, { only }]) => [key, sentence(reasons[key] ?? `for ${only} only`)]),
  );
}

function sentence(text: string): string {
  return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}
