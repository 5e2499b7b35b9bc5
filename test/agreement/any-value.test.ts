import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeTrackingInstanceKind } from "../../provider/runtime/resources/change-tracking-instance/index.ts";
import { consumerGroupKind } from "../../provider/runtime/resources/consumer-group/index.ts";
import { UNKNOWN } from "../../provider/schema/unknown.ts";
import { type DtsService, runningInstance, startDts } from "../service/dts/support/service.ts";
import { instanceInputs } from "./support/instance.ts";
import { runsOf } from "./support/runs.ts";
import { badFailure, badRefusal, openProvider } from "./support/sides.ts";
import { oddValue } from "./support/values.ts";
import { openWire, type Wire } from "./support/wire.ts";

/* Whatever comes, neither side throws, says anything undocumented, or repeats a secret. */

const runs = runsOf(500);
const MARKER = "ZqSecretZq";

let dts: DtsService;
let instanceId: string;
let wire: Wire;
let provider: ReturnType<typeof openProvider>;

beforeAll(async () => {
  dts = await startDts();
  ({ instanceId } = await runningInstance(dts.call));
  wire = openWire(dts.service);
  provider = openProvider(dts.service);
});
afterAll(async () => {
  wire?.close();
  await dts?.stop();
});

const names = fc.constantFrom(
  ...["platform", "instance", "name", "account", "password", "consumptionMode", "engine", "region", "source"],
  ...[
    "objects",
    "dataTypes",
    "startAt",
    "payType",
    "period",
    "tags",
    "adoptExisting",
    "timeouts",
    "__identity",
  ],
);
const anything = fc.oneof(
  { weight: 3, arbitrary: oddValue },
  { weight: 1, arbitrary: fc.constant<unknown>(UNKNOWN) },
  { weight: 1, arbitrary: fc.constant<unknown>({ deep: [UNKNOWN] }) },
  { weight: 1, arbitrary: fc.anything({ withNullPrototype: true, withBigInt: false, maxDepth: 3 }) },
);
const anyInputs = fc.oneof(
  fc.dictionary(names, anything, { noNullPrototype: true }),
  fc.dictionary(fc.string(), anything, { maxKeys: 4, noNullPrototype: true }),
  fc.tuple(instanceInputs, fc.dictionary(names, anything, { maxKeys: 2 })).map(([a, b]) => ({ ...a, ...b })),
);
const secret = fc
  .tuple(fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }))
  .map(([before, after]) => before + MARKER + after);

describe.each([changeTrackingInstanceKind, consumerGroupKind])("$name", (kind) => {
  it("answers a check and a diff of anything with failures and nothing else", async () => {
    const property = fc.asyncProperty(anyInputs, anyInputs, secret, async (olds, news, password) => {
      const inputs: Record<string, unknown> = {
        ...news,
        password,
        source: withPassword(news.source, password),
      };
      const { failures } = await provider.check(kind, inputs);
      expect(failures.map(badFailure).filter((bad) => bad !== undefined)).toEqual([]);
      expect(JSON.stringify(failures)).not.toContain(MARKER);
      await kind.diff(olds, inputs);
    });
    await fc.assert(property, { numRuns: runs });
  });
});

describe("the wire", () => {
  const actions = [
    ...["CreateDtsInstance", "ConfigureSubscription", "CreateConsumerChannel", "ModifyConsumerChannel"],
    ...["ModifyDtsJobPassword", "ModifySubscription", "TagResources", "UntagResources", "ListTagResources"],
    ...["DescribeDtsJobs", "CreateJobMonitorRule", "TransferPayType", "ConfigureSubscriptionInstance"],
    ...[
      "CreateSubscriptionInstance",
      "ModifyConsumptionTimestamp",
      "DescribeConsumerChannel",
      "ModifyDtsJob",
    ],
  ];
  const parameters = fc.constantFrom(
    ...[
      "RegionId",
      "DtsInstanceId",
      "DtsJobId",
      "DtsJobName",
      "DbList",
      "Reserve",
      "Reserved",
      "PayType",
      "Tag",
    ],
    ...[
      "Period",
      "UsedTime",
      "Type",
      "ResourceId",
      "ResourceType",
      "TagKey",
      "All",
      "Tags",
      "ConsumerGroupName",
    ],
    ...[
      "SourceEndpoint",
      "SubscriptionObject",
      "SubscriptionDataType",
      "Checkpoint",
      "PageNumber",
      "PageSize",
    ],
    ...["SubscriptionInstanceNetworkType", "SourceEndpointPort", "SourceEndpointIP", "ChargeType", "State"],
  );

  it("refuses anything with a documented code and never repeats a password", async () => {
    const property = fc.asyncProperty(
      fc.constantFrom(...actions),
      fc.dictionary(parameters, oddValue, { noNullPrototype: true }),
      secret,
      async (action, given, password) => {
        const secrets = {
          SourceEndpointPassword: password,
          ConsumerGroupPassword: password,
          Password: password,
        };
        const target = {
          DtsInstanceId: instanceId,
          SubscriptionInstanceId: instanceId,
          ResourceId: [instanceId],
        };
        const answer = await wire.call(action, { ...target, ...secrets, ...given });
        expect(badRefusal(answer), answer.message).toBeUndefined();
        expect(JSON.stringify(answer.body)).not.toContain(MARKER);
      },
    );
    await fc.assert(property, { numRuns: 3 * runs });
    expect(dts.service.logs()).not.toContain(MARKER);
  });
});

function withPassword(source: unknown, password: string): unknown {
  const isObject = typeof source === "object" && source !== null && !Array.isArray(source);
  return isObject ? { ...source, password } : source;
}
