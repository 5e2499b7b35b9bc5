import { type Rule, rule } from "./rule.ts";

/** Change tracking instances and their groups. */
export const DTS_RULES: readonly Rule[] = [
  rule(
    "DTS-1",
    "A change tracking instance has at most 20 consumer groups.",
    ["DTS"],
    "refuse",
    "refuse",
    null,
  ),
  rule(
    "DTS-2",
    "A group is read by one consumer at a time.",
    ["DTS", "MQ"],
    "refuse",
    "refuse",
    "a second client is refused while the first one's session lives; offsets stay right",
  ),
  rule("DTS-3", "A group needs a name of 1 to 128 characters.", ["API"], "refuse", "refuse", null),
  rule("DTS-4", "An account has 1 to 16 characters.", ["DTS"], "refuse", "refuse", null),
  rule("DTS-5", "An account is made of A-Z, a-z, 0-9 and _ only.", ["DTS"], "refuse", "refuse", null),
  rule("DTS-6", "A password has 8 to 32 characters.", ["DTS"], "refuse", "refuse", null),
  rule(
    "DTS-7",
    "A password mixes at least two of upper case, lower case, digits and special characters (all other printable ASCII).",
    ["DTS", "own"],
    "refuse",
    "refuse",
    null,
  ),
  rule(
    "DTS-8",
    "A row above 16 MB can use up a client's memory.",
    ["DTS"],
    null,
    null,
    "such a row is delivered whole; status and a metric name its table and size",
  ),
  rule(
    "DTS-9",
    "Changing the reader of a group can repeat data.",
    ["DTS"],
    "warn",
    null,
    "repeated records carry the same id; none is lost",
  ),
  rule(
    "DTS-10",
    "PolarDB-X 1.0 and DMS LogicDB are read with the SDK demo only; the other sources also with flink-dts-connector and Kafka clients.",
    ["DTS"],
    "refuse",
    null,
    null,
  ),
  rule("DTS-11", "Groups can be made only while the instance is Normal.", ["API"], null, "refuse", null),
];
