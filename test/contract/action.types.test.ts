import { expectTypeOf, it } from "vitest";
import type { AnswerFieldsOf, RequestOf } from "../../contract/action.ts";
import type { createConsumerChannel, describeConsumerChannel } from "../../contract/dts/consumer-channels.ts";

it("a definition types what is sent and what comes back", () => {
  type Request = RequestOf<typeof createConsumerChannel>;
  expectTypeOf<Request["ConsumerGroupName"]>().toEqualTypeOf<string>();
  expectTypeOf<Request["DtsInstanceId"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<RequestOf<typeof describeConsumerChannel>["PageSize"]>().toEqualTypeOf<
    number | string | undefined
  >();
  type Answer = AnswerFieldsOf<typeof describeConsumerChannel>;
  expectTypeOf<NonNullable<NonNullable<Answer["ConsumerChannels"]>[number]["MessageDelay"]>>().toBeNumber();
  // @ts-expect-error a name that is not published
  expectTypeOf<Answer["Channels"]>().toBeNever();
});
