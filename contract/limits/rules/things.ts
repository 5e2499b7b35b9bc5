import { type Rule, rule } from "./rule.ts";

/** Consumer groups of IoT Platform, and the order of deletes. */
export const THINGS_RULES: readonly Rule[] = [
  rule(
    "IOT-1",
    "A group name is 4 to 30 wide; Chinese and Japanese characters count 2.",
    ["IOT", "own"],
    "refuse",
    "refuse",
    null,
  ),
  rule(
    "IOT-2",
    "A group name is made of Chinese, English letters, Japanese, digits and underscores.",
    ["IOT", "own"],
    "refuse",
    "refuse",
    null,
  ),
  rule(
    "IOT-3",
    "A group has at most 64 AMQP clients, and each message goes to one.",
    ["IOT"],
    null,
    null,
    "the 65th client gets an AMQP error",
  ),
  rule("IOT-4", "The default group is neither changed nor deleted.", ["IOT"], "refuse", "refuse", null),
  rule("IOT-5", "A group with subscriptions is not deleted.", ["IOT"], null, "refuse", null),
  rule("IOT-6", "The last group of a subscription is not taken off.", ["IOT"], null, "refuse", null),
  rule("IOT-7", "Accumulated messages can be cleared.", ["IOT"], null, "show", "the backlog is 0 afterwards"),
  rule(
    "IOT-8",
    "A group shows its rate, backlog, last consumption and clients.",
    ["IOT"],
    null,
    "show",
    "the figures are true",
  ),
  rule(
    "IOT-9",
    "Data forwarding rules can feed a group and do not keep it from being deleted.",
    ["IOT"],
    null,
    "show",
    "their messages arrive",
  ),
  rule(
    "DEL-1",
    "Everything is unsubscribed before a group is deleted.",
    ["IOT"],
    "show",
    "refuse",
    "nothing is half deleted",
  ),
];
