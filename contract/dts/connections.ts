import { z } from "zod";
import { holds } from "../limits/condition.ts";
import { host, resourceId } from "../limits/dts.ts";
import { connectionConditions, endInstanceType } from "../limits/dts-connection.ts";
import { parseJson } from "../limits/shape.ts";
import { once } from "../once.ts";
import { integer, optional, text, withDefault } from "../params.ts";
import { dtsAction } from "./actions-of.ts";
import { plainOutcome, statusOutcome } from "./outcomes.ts";
import { commonParams } from "./params.ts";

/** What can be reached: the ends of a task, and the topics that a consumer group reads. */

const LOOKS = "test/service/dts/looks.test.ts";
const portNumber = once(() => integer({ min: 1, max: 65_535 }));

const connection = {
  connectAdvice: "string",
  connectDetail: [{ testName: "string", testSuccess: "boolean" }],
  connectRes: "boolean",
} as const;

/** Change tracking has no destination; the published action demands its kind all the same. */
export const describeConnectionStatus = dtsAction({
  name: "DescribeConnectionStatus",
  // It makes the service connect to where the caller says, which is more than looking.
  kind: "write",
  summary: "Says whether a source and a destination can be reached.",
  coverage: { missing: "connects to the address; accounts, passwords and databases are not looked at" },
  testedBy: [LOOKS],
  request: () =>
    z
      .object({
        ...commonParams(),
        SourceEndpointInstanceType: text(endInstanceType),
        SourceEndpointInstanceID: withDefault(text(resourceId), ""),
        SourceEndpointEngineName: withDefault(text(), "MySQL"),
        SourceEndpointIP: optional(text(host)),
        SourceEndpointPort: optional(portNumber()),
        DestinationEndpointInstanceType: text(endInstanceType),
        DestinationEndpointInstanceID: withDefault(text(resourceId), ""),
        DestinationEndpointEngineName: withDefault(text(), "MySQL"),
        DestinationEndpointIP: optional(text(host)),
        DestinationEndpointPort: optional(portNumber()),
      })
      .superRefine(holds(connectionConditions)),
  answer: {
    DestinationConnectionStatus: connection,
    SourceConnectionStatus: connection,
    ...plainOutcome,
  },
});

/** Names joined by commas, or the JSON text of a list or an object that holds them. */
const names = once(() =>
  z.preprocess(
    (value: string | object) => (typeof value === "object" && value !== null ? JSON.stringify(value) : value),
    text().transform((given): readonly string[] => {
      const parsed = parseJson(given);
      if (!("value" in parsed) || typeof parsed.value !== "object" || parsed.value === null)
        return splitNames(given);
      return Object.entries(parsed.value).flatMap(([key, value]) => [key, ...splitNames(String(value))]);
    }),
  ),
);

function splitNames(joined: string): string[] {
  return joined.split(",").map((name) => name.trim());
}

export const describeSubscriptionMeta = dtsAction({
  name: "DescribeSubscriptionMeta",
  kind: "read",
  summary: "Says where a consumer group reads the subtasks of a task.",
  coverage: { missing: "no task is distributed: its one subtask is the task itself" },
  testedBy: [LOOKS],
  request: () =>
    z.object({
      ...commonParams(),
      DtsInstanceId: optional(text()),
      Sid: text(),
      SubMigrationJobIds: optional(names()),
      Topics: optional(names()),
    }),
  answer: {
    SubscriptionMetaList: [
      { Checkpoint: "integer", DBList: "string", DProxyUrl: "string", Sid: "string", Topic: "string" },
    ],
    ...statusOutcome,
  },
});
