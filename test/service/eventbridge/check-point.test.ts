import { afterAll, beforeAll, expect, it } from "vitest";
import { type EventbridgeService, read, startEventbridge, stream, withSource } from "./support/service.ts";

let events: EventbridgeService;
beforeAll(async () => {
  events = await startEventbridge();
});
afterAll(() => events.stop());

it.each([1500, "1500"])("InitCheckPoint put as %j is read as text", async (InitCheckPoint) => {
  const name = `s-${typeof InitCheckPoint}`;
  await events.call("CreateEventStreaming", stream(name, { Source: withSource({ InitCheckPoint }) }));
  const seen = (await read(events.call, name)) as unknown as { Source: object };
  expect(seen.Source).toMatchObject({ SourceDTSParameters: { InitCheckPoint: "1500" } });
  const { Data } = await events.call("ListEventStreamings", { NamePrefix: name, Limit: "10" });
  expect(Data).toMatchObject({
    EventStreamings: [{ Source: { SourceDTSParameters: { InitCheckPoint: "1500" } } }],
  });
});
