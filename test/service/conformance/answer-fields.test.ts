/*
 * Why: a typed client finds a published field empty and nobody says why. What the service knows it answers; what it
 * does not, the action's coverage says, field by field, so that the table of actions has it too.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cmsRoom } from "../../../service/cms/index.ts";
import { dtsRoom } from "../../../service/dts/index.ts";
import { eventbridgeRoom } from "../../../service/eventbridge/index.ts";
import { iotRoom } from "../../../service/iot/index.ts";
import { onsRoom } from "../../../service/ons/index.ts";
import { rooms } from "../../../service/products.ts";
import { rocketmqRoom } from "../../../service/rocketmq/index.ts";
import { startService, type TestService } from "../../support/service.ts";
import { shapesOf } from "../../support/shapes.ts";
import { answeredFields, unspoken } from "./support/fields.ts";
import { askOf } from "./support/worlds/ask.ts";
import { cmsWorld } from "./support/worlds/cms.ts";
import { dtsWorld } from "./support/worlds/dts.ts";
import { eventbridgeWorld } from "./support/worlds/eventbridge.ts";
import { iotWorld } from "./support/worlds/iot.ts";
import { onsWorld } from "./support/worlds/ons.ts";
import { planeRoom } from "./support/worlds/plane.ts";
import { rocketmqWorld } from "./support/worlds/rocketmq.ts";

/** Each world has of everything one that has all it can have, and reads it with every action that reads. */
const worlds = {
  cms: { room: cmsRoom, make: cmsWorld },
  dts: { room: dtsRoom, make: dtsWorld },
  eventbridge: { room: eventbridgeRoom, make: eventbridgeWorld },
  iot: { room: iotRoom, make: iotWorld },
  ons: { room: onsRoom, make: onsWorld },
  rocketmq: { room: rocketmqRoom, make: rocketmqWorld },
} as const;

let service: TestService;
beforeAll(async () => {
  service = await startService({ rooms: [...rooms, planeRoom] });
});
afterAll(() => service.stop());

it.each(Object.keys(worlds) as (keyof typeof worlds)[])(
  "every published field of what %s reads is answered, or named as missing",
  async (product) => {
    const { room, make } = worlds[product];
    const shapes = shapesOf(room.actions);
    const answered = new Map<string, Set<string>>();
    const seen = (action: string, answer: unknown) => {
      const fields = answered.get(action) ?? new Set();
      for (const field of answeredFields(answer, shapes[action] ?? {})) fields.add(field);
      answered.set(action, fields);
    };
    await make(askOf(service, product, room, seen));
    const reading = room.actions.filter(({ kind }) => kind === "read");
    expect(reading.map(({ name }) => name).filter((name) => !answered.has(name))).toEqual([]);
    const left = reading.flatMap(({ name, answer, coverage }) => {
      const missing = coverage === "whole" ? undefined : coverage.missing;
      const fields = unspoken(answer, answered.get(name) ?? new Set(), missing);
      return fields.length === 0 ? [] : [`${name}: ${fields.join(", ")}`];
    });
    expect(left).toEqual([]);
  },
);

describe("the walk", () => {
  const shape = { A: "string", B: [{ C: "integer", D: { E: "string" } }], Code: "string" } as const;
  const answered = new Set(answeredFields({ A: "", B: [{ C: 1 }] }, shape));

  it("finds what is neither answered nor named", () => {
    expect(unspoken(shape, answered)).toEqual(["B.D.E"]);
    expect(unspoken(shape, answered, "no E")).toEqual([]);
    expect(unspoken(shape, answered, "no D")).toEqual([]);
  });

  it("does not take the name of what is partly there for the name of what is missing in it", () => {
    expect(unspoken(shape, answered, "no B")).toEqual(["B.D.E"]);
  });
});
