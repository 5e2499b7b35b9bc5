import { afterAll, beforeAll, expect, it } from "vitest";
import { type EventbridgeService, startEventbridge, stream } from "./support/service.ts";

let bridge: EventbridgeService;
beforeAll(async () => {
  bridge = await startEventbridge();
});
afterAll(() => bridge.stop());

const names = async (params: Record<string, string> = {}) => {
  const { Data } = await bridge.call("ListEventStreamings", params);
  return (Data as { EventStreamings: { EventStreamingName: string }[] }).EventStreamings.map(
    ({ EventStreamingName }) => EventStreamingName,
  );
};

it("a stream that was made in a named region is found without one, as long as only one is meant", async () => {
  const { call } = bridge;
  const there = { RegionId: "cn-shanghai" };
  const one = { EventStreamingName: "far" };
  await call("CreateEventStreaming", { ...stream("far"), ...there });
  expect(await names(there)).toEqual(["far"]);
  expect(await names()).toEqual(["far"]);
  expect(await names({ RegionId: "cn-hangzhou" })).toEqual([]);
  expect(await call("GetEventStreaming", one)).toMatchObject({ Data: { EventStreamingName: "far" } });
  await expect(call("GetEventStreaming", { ...one, RegionId: "cn-hangzhou" })).rejects.toMatchObject({
    code: "EventStreamingNotExisted",
  });
  // Of two, that of the service's own region is meant.
  await call("CreateEventStreaming", stream("far"));
  expect(await names()).toEqual(["far", "far"]);
  await call("DeleteEventStreaming", one);
  expect(await names({ RegionId: "cn-hangzhou" })).toEqual([]);
  await call("CreateEventStreaming", { ...stream("far"), RegionId: "cn-beijing" });
  await expect(call("DeleteEventStreaming", one)).rejects.toMatchObject({ code: "EventStreamingNotExisted" });
  await call("DeleteEventStreaming", { ...one, ...there });
  await call("DeleteEventStreaming", one);
  expect(await names()).toEqual([]);
});
