import * as pulumi from "@pulumi/pulumi";
import { AlertRule, ConsumerGroup } from "pulumi-change-tracking";

/*
 * Alert rules on the consumer groups of a RocketMQ instance. The instance and the contact group come from `prepare.js`,
 * which prints the settings; see README.md.
 */

const config = new pulumi.Config();
const instance = config.require("rocketmq4");
const contactGroups = [config.require("contactGroup")];

const [billing, search] = ["GID_billing", "GID_search"].map(
  (name) => new ConsumerGroup(name, { platform: "rocketmq", version: "4.x", instance }),
) as [ConsumerGroup, ConsumerGroup];

/** One rule for several groups: it is deleted before any of them. */
const lag = new AlertRule("lag", {
  product: "rocketmq",
  metric: "ConsumerLag",
  range: { kind: "instances", instance, groups: [billing, search] },
  trigger: { statistic: "Sum", comparison: ">=", threshold: config.getNumber("lagMax") ?? 1000, times: 3 },
  muteSeconds: 3600,
  effectivePeriod: "08:00-20:00 +0800",
  contactGroups,
  targets: { logService: "acs:log:cn-hangzhou:1234567890:project/alerts/logstore/lag" },
  emailSubject: "consumers are behind",
  emailRemark: "look at the consumers first, then at the topic",
  callbackUrl: config.requireSecret("callbackUrl"),
  enabled: config.getBoolean("enabled") ?? true,
});

/** Every group of every instance of the account. */
const deadLetters = new AlertRule("deadLetters", {
  product: "rocketmq",
  metric: "SendDLQMessageCountPerGid",
  range: { kind: "all" },
  trigger: { statistic: "Sum", comparison: ">", threshold: 0, times: 1 },
  contactGroups,
});

export const ruleIds = { lag: lag.ruleId, deadLetters: deadLetters.ruleId };
export const states = { lag: lag.alertState, deadLetters: deadLetters.alertState };
