import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CONSUMPTION_MODE_NAMES, ENGINE_NAMES } from "../../contract/limits/engines.ts";
import { consumerGroupKind } from "../../provider/runtime/resources/consumer-group/index.ts";
import { type DtsService, runningInstance, startDts } from "../service/dts/support/service.ts";
import { runsOf } from "./support/runs.ts";
import { badFailure, badRefusal, openProvider, propertyOf, ruleOf } from "./support/sides.ts";
import { field, inputsNear, oddValue, textNear } from "./support/values.ts";
import { openWire, type Wire } from "./support/wire.ts";

/*
 * The same inputs are given to the provider's check and, judged by nobody, to the service's wire. Both must come to
 * the same verdict. Inputs that never travel (timeouts and the like) are the provider's own affair.
 */

const runs = runsOf(1_000);
const travelling = ["instance", "name", "account", "password", "region"];

let dts: DtsService;
let wire: Wire;
let instanceId: string;
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

const account = fc.stringMatching(/^[A-Za-z0-9_]{1,16}$/);
const password = fc
  .tuple(fc.stringMatching(/^[ -~]{6,30}$/), fc.constantFrom("A1", "a1", "A!", "a_", "1 "))
  .map(([body, tail]) => body + tail);

const valid = () =>
  fc.record<Record<string, unknown>>({
    platform: fc.constant("changeTracking"),
    instance: fc.constant(instanceId),
    name: fc.string({ minLength: 1, maxLength: 128, unit: "grapheme-ascii" }),
    account,
    password,
  });

const passwordNear = fc.oneof(
  textNear(8, 32),
  fc
    .tuple(fc.constantFrom("a", "A", "7", "!", "é", "\u0000", "😀"), fc.constantFrom(7, 8, 16, 31, 32, 33))
    .map(([one, count]) => one.repeat(count)),
);

const fields = () => ({
  platform: field(
    fc.constant("changeTracking"),
    fc.constantFrom("kafka", "changetracking", "changeTracking "),
  ),
  instance: field(fc.constant(instanceId), fc.constantFrom("dtsnone", `${instanceId} `, "", "a".repeat(129))),
  name: field(textNear(1, 128)),
  account: field(account, textNear(1, 16)),
  password: field(password, passwordNear),
  region: field(
    fc.constant("cn-hangzhou"),
    fc.constantFrom("", "CN", "us-west-1", "cn hangzhou", "cn-", "😀"),
  ),
  engine: field(fc.constantFrom(...ENGINE_NAMES), fc.constantFrom("mysql", "Redis")),
  consumptionMode: field(fc.constantFrom(...CONSUMPTION_MODE_NAMES), fc.constantFrom("sdk", "kafka")),
  timeouts: field(fc.record({ create: fc.integer({ min: 0, max: 86_401 }) })),
  adoptExisting: field(fc.boolean()),
  forceUnsubscribe: field(fc.boolean()),
  surplus: oddValue,
});

const stored = () => dts.kernel.store.get<{ n: number }>("SELECT count(*) AS n FROM dts_groups")?.n;

describe("ConsumerGroup", () => {
  it("is accepted or refused by provider and service alike, with the same rule, and leaves nothing behind", async () => {
    const seen = { accepted: 0, refused: 0 };
    const property = fc.asyncProperty(
      inputsNear(valid(), fields()),
      fc.constantFrom("json", "form"),
      async (given, form) => {
        dts.kernel.store.run("DELETE FROM dts_groups");
        const checked = await provider.check(consumerGroupKind, given);
        expect(checked.failures.map(badFailure).filter((bad) => bad !== undefined)).toEqual([]);
        const { inputs } = checked;
        // Another platform's group has other inputs, and none of these calls.
        if (inputs.platform !== "changeTracking") return;
        const wireFailures = checked.failures.filter((one) => travels(propertyOf(one), inputs));
        // In a form a lone surrogate cannot be sent, and everything is text.
        const texts = travelling.every((name) => isFormText(inputs[name]));
        const answer = await wire.call("CreateConsumerChannel", requestOf(inputs), texts ? form : "json");
        expect(badRefusal(answer)).toBeUndefined();
        const isRefused = answer.code !== "";
        expect(isRefused, JSON.stringify({ wireFailures, answer })).toBe(wireFailures.length > 0);
        const rule = ruleOf(answer.message);
        if (rule !== undefined) expect(wireFailures.map((one) => one.rule)).toContain(rule);
        expect(stored()).toBe(isRefused ? 0 : 1);
        seen[isRefused ? "refused" : "accepted"] += 1;
        if (isRefused) return;
        const ConsumerGroupId = answer.body.ConsumerGroupID;
        const gone = await wire.call("DeleteConsumerChannel", { DtsInstanceId: instanceId, ConsumerGroupId });
        expect(gone.code).toBe("");
      },
    );
    await fc.assert(property, { numRuns: runs });
    // Both verdicts must be common, or the agreement says little.
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(runs / 10);
  });
});

function requestOf(inputs: Readonly<Record<string, unknown>>) {
  return {
    RegionId: inputs.region,
    DtsInstanceId: inputs.instance,
    ConsumerGroupName: inputs.name,
    ConsumerGroupUserName: inputs.account,
    ConsumerGroupPassword: inputs.password,
  };
}

/** An empty region counts as not sent, as clients send it so; in a program it is a mistake. */
function travels(property: string, inputs: Readonly<Record<string, unknown>>): boolean {
  return travelling.includes(property) && !(property === "region" && inputs.region === "");
}

function isFormText(value: unknown): boolean {
  return value === undefined || (typeof value === "string" && value.isWellFormed());
}
