/* Whatever a parameter holds, the answer is the product's: never an internal error, and never a secret. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { declaredNames } from "../../../service/core/http/decode-parameters.ts";
import { eventbridgeRoom } from "../../../service/eventbridge/index.ts";
import { type Caller, type EventbridgeService, startEventbridge, stream } from "./support/service.ts";

let bridge: EventbridgeService;
let call: Caller;
beforeAll(async () => {
  bridge = await startEventbridge();
  call = bridge.call;
});
afterAll(() => bridge.stop());

const odd = [
  "",
  " ",
  "[",
  "{}",
  "[[[[",
  "null",
  "[object Object]",
  "组",
  "a".repeat(3_000),
  "-1",
  "1e309",
  "\0",
];
const right: Record<string, string> = {
  ...stream("task"),
  Event: "{}",
  EventPattern: "{}",
  ResourceType: "eventstreaming",
  "ResourceId.1": "task",
  "Tag.1.Key": "a",
  "TagKey.1": "a",
};
const KNOWN =
  /^(InvalidArgument|InvalidRegionId|Missing\w+|EventStreaming(NotExisted|AlreadyExist)|ResourceNotExist|ConsumerGroupInUse)$/;

it.each(eventbridgeRoom.actions.filter(({ name }) => name !== "TestEventSourceConfig"))(
  "$name",
  async ({ name, request }) => {
    for (const parameter of declaredNames(request())) {
      const others = Object.entries(right).filter(
        ([key]) => key !== parameter && !key.startsWith(`${parameter}.`),
      );
      for (const form of odd.flatMap((value) => [
        { [parameter]: value },
        { [`${parameter}.1.Key`]: value },
      ])) {
        const code = await call(name, { ...Object.fromEntries(others), ...form }).then(
          () => undefined,
          (error: { code?: string }) => error.code,
        );
        if (code !== undefined) expect(code, JSON.stringify(form)).toMatch(KNOWN);
      }
    }
  },
);

it("takes or refuses any JSON as source, sink, options and transforms, and comes back as it was put", async () => {
  const secret = "Sealed-away-77";
  const members = fc.dictionary(
    fc.constantFrom("InstanceId", "Topic", "Body", "Keys", "Sid", "Arn", "BatchWindow", "RetryStrategy"),
    fc.oneof(
      fc.jsonValue(),
      fc.record({ Form: fc.constantFrom("ORIGINAL", "JSONPATH", "TEMPLATE", "X"), Value: fc.string() }),
    ),
  );
  const whole = fc.record({
    Source: members.map((one) => ({ SourceDTSParameters: { Sid: "s", Password: secret, ...one } })),
    Sink: members.map((one) => ({ SinkRocketMQParameters: one })),
    RunOptions: fc.oneof(members, fc.jsonValue()),
    Transforms: fc.oneof(fc.array(members), fc.jsonValue()),
  });
  await fc.assert(
    fc.asyncProperty(whole, async (given) => {
      const params = stream("any", given);
      const made = await call("CreateEventStreaming", params).then(
        () => true,
        (error: { code?: string; message: string }) => {
          expect(error.code).toMatch(KNOWN);
          expect(error.message).not.toContain(secret);
          return false;
        },
      );
      if (made) await call("DeleteEventStreaming", { EventStreamingName: "any" });
    }),
    { numRuns: 60 },
  );
  expect(bridge.service.logs()).not.toContain(secret);
});
