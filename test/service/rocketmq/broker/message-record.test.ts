import { expect, it } from "vitest";
import { decodeMessage, encodeMessage } from "../../../../service/rocketmq/broker/message-record.ts";
import { bodies, message, TestBroker } from "./support/broker.ts";

it.each([0, 127, 128, 2 ** 40, Number.MAX_SAFE_INTEGER])(
  "the number %d is read as it was written",
  (bornAtMs) => {
    const record = encodeMessage({ message: message({ bornAtMs }), storedAtMs: bornAtMs });
    expect(decodeMessage(record)).toMatchObject({ message: { bornAtMs }, storedAtMs: bornAtMs });
  },
);

it.each([-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])("the number %d is not kept", (bornAtMs) => {
  expect(() => encodeMessage({ message: message({ bornAtMs }), storedAtMs: 0 })).toThrow(RangeError);
});

it("what cannot be kept bars nothing that comes behind it", async () => {
  const broker = await TestBroker.open();
  const [first] = await broker.send("orders", "1");
  const both = [broker.send("orders", { bornAtMs: -1 }), broker.send("orders", "2")] as const;
  await expect(both[0]).rejects.toThrow("cannot be kept");
  expect(await both[1]).toMatchObject([{ offset: (first?.offset ?? 0) + 1 }]);
  expect(bodies(await broker.receive())).toEqual(["1", "2"]);
});

it("a message of an inflow task sets no property that is the server's own", async () => {
  const broker = await TestBroker.open();
  const forged = message({ properties: { DLQ_ORIGIN_TOPIC: "x", DLQ_ORIGIN_MESSAGE_ID: "y" } });
  await expect(broker.send("orders", forged)).rejects.toMatchObject({ code: "ILLEGAL_MESSAGE" });
});
