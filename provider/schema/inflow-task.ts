import { z } from "zod";
import { patternProblem, patternTextProblem } from "../../contract/eventbridge/pattern.ts";
import { consumerGroupAccount, consumerGroupPassword, resourceId } from "../../contract/limits/dts.ts";
import {
  batchIntervalSeconds,
  batchMessages,
  deadLetterRefusal,
  errorsTolerance,
  functionArn,
  INFLOW_REGIONS,
  invocationType,
  OFFSET_FORMS,
  OFFSET_ZONE,
  offsetSeconds,
  regionRefusal,
  streamDescription,
  streamName,
} from "../../contract/limits/eventbridge.ts";
import { shown } from "../../contract/limits/message.ts";
import {
  boundedText,
  oneOf,
  refuse,
  refuseFound,
  ruled,
  stringOf,
  wrongType,
} from "../../contract/limits/text.ts";
import { adoptExisting, region, timeouts } from "./common.ts";
import { messagePart } from "./inflow-message.ts";
import { CHANGES_NOTHING, LOGICAL_NAME, REPLACES } from "./marks.ts";
import { type FieldsRule, refusedAt, withRules } from "./rules.ts";
import { isUnknown } from "./unknown.ts";

/** MQ-6: what the service tells of the source; asked for under these names, refused as inputs. */
const readOnly = (output: string) =>
  ruled(z.never({ error: `is read-only: leave it out and read the output ${output}` }), "MQ-6")
    .optional()
    .describe(`Read-only: the output \`${output}\` of the task. Source: MQ-6.`)
    .meta({ readOnly: true });

const consumerOffset = ruled(
  z.union([z.number(), z.string()], { error: `must be ${OFFSET_FORMS}` }),
  "MQ-4",
).superRefine((value, ctx) => {
  if (isUnknown(value) || offsetSeconds(value) !== undefined) return;
  refuse(ctx, `must be ${OFFSET_FORMS}, got ${shown(value)}`, "MQ-4");
});

const consumerOffsetZone = stringOf("a zone", "MQ-4")
  .superRefine((value, ctx) => {
    if (OFFSET_ZONE.test(value)) return;
    refuse(ctx, `must be a zone such as +08:00 or Z, got ${shown(value)}`, "MQ-4");
  })
  .meta({ pattern: OFFSET_ZONE.source });

const OF_GROUP = { filledIn: "that of the group given as resource" } as const;

const source = z.strictObject(
  {
    instance: resourceId.describe("The change tracking instance: the resource or its id.").meta(OF_GROUP),
    groupId: resourceId
      .describe("Id of the consumer group, which one task reads. Source: DTS-2.")
      .meta({ ...OF_GROUP, ...REPLACES }),
    account: consumerGroupAccount.describe("Account of the group.").meta(OF_GROUP),
    password: consumerGroupPassword.describe("Password of the account. Secret.").meta(OF_GROUP),
    consumerOffset: consumerOffset
      .optional()
      .describe(
        "Where reading begins: `2022-06-21 00:00:00`, ISO 8601 with a zone, or seconds since the epoch; inside the instance's data range. Counts at the first consumption only; preview warns of a later change. Default: the service's. Source: MQ-4, MQ-5.",
      )
      .meta(CHANGES_NOTHING),
    consumerOffsetZone: consumerOffsetZone
      .optional()
      .describe(
        "Zone of an offset without one, such as +08:00 or Z. Default +08:00, that of every region with inflow tasks. Source: MQ-4.",
      )
      .meta(CHANGES_NOTHING),
    accessMethod: readOnly("accessMethod"),
    instanceId: readOnly("sourceInstanceId"),
    sourceInstanceId: readOnly("sourceInstanceId"),
  },
  { error: wrongType("an object with group, or with instance, groupId, account and password") },
);

const batch = z.strictObject({
  messages: batchMessages.optional().describe("Messages in a batch, 1 to 10000. Source: MQ-2."),
  intervalSeconds: batchIntervalSeconds
    .optional()
    .describe("Longest wait of a batch, 0 to 15 seconds; 0 sends at once. Source: MQ-3."),
});

const filter = ruled(
  z.union([z.record(z.string(), z.unknown()), z.string()], {
    error: "must be an event pattern: an object, or its JSON text",
  }),
  "MQ-12",
).superRefine((value, ctx) => {
  if (isUnknown(value)) return;
  const problem = typeof value === "string" ? patternTextProblem(value) : patternProblem(judgeable(value));
  if (problem === undefined) return;
  const path = [...problem.at.matchAll(/\[(\d+)\]|[^.[]+/g)].map(([key, index]) =>
    index === undefined ? key : Number(index),
  );
  refuseFound(ctx, problem, path);
});

/** What is not known yet stands where a list of values, or a value, may stand. */
function judgeable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => (isUnknown(one) ? "" : judgeable(one)));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, isUnknown(one) ? [""] : judgeable(one)]),
  );
}

const transform = z.strictObject({
  functionArn: functionArn.describe(
    "ARN of the function of Function Compute that gets each batch. Source: MQ-15.",
  ),
  invocationType: invocationType
    .optional()
    .describe("Sync or Async. Judged only: the API has no member for it. Default Sync. Source: MQ-15."),
});

const sinkFields = z.strictObject(
  {
    version: oneOf(["4.x", "5.x"], "MQ-7").describe("4.x or 5.x, as the instance is. Source: MQ-7."),
    instance: resourceId.describe("Id of the RocketMQ instance."),
    topic: boundedText(1, 64).describe("Topic of the instance, 1 to 64 characters."),
    body: messagePart(["completeData", "dataExtraction", "fixedValue", "template"], "MQ-8")
      .optional()
      .describe(
        "Message body: completeData, dataExtraction, fixedValue or template. Default completeData. Source: MQ-8.",
      ),
    properties: messagePart(["dataExtraction", "template"], "MQ-9")
      .optional()
      .describe("Custom properties: dataExtraction or template. Default none. Source: MQ-9."),
    key: messagePart(["dataExtraction", "fixedValue", "template"], "MQ-10")
      .optional()
      .describe("Message key: dataExtraction, fixedValue or template. Default none. Source: MQ-10."),
    tag: messagePart(["dataExtraction", "fixedValue", "template"], "MQ-10")
      .optional()
      .describe("Message tag: dataExtraction, fixedValue or template. Default none. Source: MQ-10."),
  },
  { error: wrongType("an object with version, instance and topic") },
);

/** The ids of both versions are told apart by how they begin; the service judges the instance itself. */
const sink = withRules(sinkFields, [
  {
    reads: [["version"], ["instance"]],
    refuse: ({ version, instance }) => {
      const actual = instance.startsWith("MQ_INST_") ? "4.x" : instance.startsWith("rmq-") ? "5.x" : version;
      if (actual === version) return undefined;
      const text = `must be ${actual}, as the instance ${instance} is, got ${version}`;
      return { at: ["version"], text, rule: "MQ-7" };
    },
  },
]);

const deadLetterQueue = z.strictObject({
  arn: boundedText(1, 512, "MQ-14").describe(
    "ARN of an MNS queue, a RocketMQ topic, a Kafka topic or an event bus; not the sink itself. Source: MQ-14.",
  ),
});

const fields = z.strictObject({
  name: streamName
    .describe("Name of the task, 1 to 127 characters, unique in the region.")
    .meta({ ...LOGICAL_NAME, ...REPLACES }),
  description: streamDescription.optional().describe("At most 1024 characters. Default none."),
  region: region.describe(
    `Region of the instance and of the task: ${INFLOW_REGIONS.join(", ")}. Default: that of the group or instance given as resource, else the configured \`changetracking:region\`, else cn-hangzhou. Source: MQ-1, MQ-18.`,
  ),
  source: source.describe(
    "The consumer group that the task reads with: `group` (the resource, which brings the rest), or `instance`, `groupId`, `account` and `password`. Another group replaces the task.",
  ),
  batch: batch.optional().describe("When messages are sent on. Default: the service's."),
  filter: filter
    .optional()
    .describe("Event pattern as an object or its JSON. Default: every event. Source: MQ-12."),
  transform: transform
    .optional()
    .describe(
      "Function of Function Compute that splits, maps, enriches or routes the events. Default none. Source: MQ-15.",
    ),
  sink: sink.describe("Topic that the messages go to, and how they are made."),
  retryPolicy: oneOf(["backoff", "exponentialDecay"], "MQ-14")
    .optional()
    .describe(
      "backoff (3 retries, 10 to 20 s apart) or exponentialDecay (176 retries over a day). Default: the service's, backoff. Source: MQ-14.",
    ),
  errorsTolerance: errorsTolerance
    .optional()
    .describe(
      "ALL (goes on after the last retry) or NONE (stops). Default: the service's, NONE. Source: MQ-14.",
    ),
  deadLetterQueue: deadLetterQueue
    .optional()
    .describe("Where an event goes after its last retry. Default: it is dropped. Source: MQ-14."),
  state: oneOf(["running", "paused"], "MQ-13")
    .optional()
    .describe("running or paused. Default running. Source: MQ-13."),
  accessMethod: readOnly("accessMethod"),
  sourceInstanceId: readOnly("sourceInstanceId"),
  adoptExisting,
  timeouts,
});

type Fields = z.output<typeof fields>;

const regionRule: FieldsRule<Fields> = {
  reads: [["region"]],
  refuse: ({ region: given }) =>
    given === undefined ? undefined : refusedAt(["region"], regionRefusal(given)),
};

const deadLetterRules: readonly FieldsRule<Fields>[] = [
  { reads: [["deadLetterQueue", "arn"]], refuse: (task) => deadLetter(task, false) },
  {
    reads: [
      ["deadLetterQueue", "arn"],
      ["sink", "instance"],
      ["sink", "topic"],
    ],
    refuse: (task) => deadLetter(task, true),
  },
];

function deadLetter({ deadLetterQueue: queue, sink: to }: Fields, withSink: boolean) {
  if (queue === undefined) return undefined;
  return refusedAt(["deadLetterQueue", "arn"], deadLetterRefusal(queue.arn, withSink ? to : undefined));
}

/** Inputs of the resource `InflowTask`. */
export const inflowTask = withRules(fields, [regionRule, ...deadLetterRules]);
export type InflowTaskInputs = z.output<typeof inflowTask>;
