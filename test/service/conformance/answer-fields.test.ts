/*
 * Why: a typed client finds a published field empty and nobody says why. What the service knows it answers; what it
 * does not, the action says in `partial`, field by field, so that the table of actions has it too.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Action } from "../../../contract/action.ts";
import type { AnswerShape } from "../../../contract/answer.ts";
import { CMS_ACTIONS } from "../../../contract/cms/index.ts";
import { DTS_ACTIONS } from "../../../contract/dts/index.ts";
import { EVENTBRIDGE_ACTIONS } from "../../../contract/eventbridge/index.ts";
import { IOT_ACTIONS } from "../../../contract/iot/index.ts";
import { ONS_ACTIONS } from "../../../contract/ons/index.ts";
import { ROCKETMQ_ACTIONS } from "../../../contract/rocketmq/index.ts";
import { cmsRoom } from "../../../service/cms/index.ts";
import { dtsRoom } from "../../../service/dts/index.ts";
import { eventbridgeRoom } from "../../../service/eventbridge/index.ts";
import { iotRoom } from "../../../service/iot/index.ts";
import { onsRoom } from "../../../service/ons/index.ts";
import { rooms } from "../../../service/products.ts";
import { rocketmqRoom } from "../../../service/rocketmq/index.ts";
import { startService, type TestService } from "../../support/service.ts";
import { answeredFields, unspoken } from "./support/fields.ts";
import { askOf } from "./support/worlds/ask.ts";
import { cmsWorld } from "./support/worlds/cms.ts";
import { dtsWorld } from "./support/worlds/dts.ts";
import { eventbridgeWorld } from "./support/worlds/eventbridge.ts";
import { iotWorld } from "./support/worlds/iot.ts";
import { onsWorld } from "./support/worlds/ons.ts";
import { planeRoom } from "./support/worlds/plane.ts";
import { rocketmqWorld } from "./support/worlds/rocketmq.ts";

const answersOf = (actions: readonly Action[]): Readonly<Record<string, AnswerShape>> =>
  Object.fromEntries(actions.map(({ name, answer }) => [name, answer]));

/** Each world has of everything one that has all it can have, and reads it with every action that reads. */
const worlds = {
  cms: { room: cmsRoom, shapes: answersOf(CMS_ACTIONS), make: cmsWorld },
  dts: { room: dtsRoom, shapes: answersOf(DTS_ACTIONS), make: dtsWorld },
  eventbridge: { room: eventbridgeRoom, shapes: answersOf(EVENTBRIDGE_ACTIONS), make: eventbridgeWorld },
  iot: { room: iotRoom, shapes: answersOf(IOT_ACTIONS), make: iotWorld },
  ons: { room: onsRoom, shapes: answersOf(ONS_ACTIONS), make: onsWorld },
  rocketmq: { room: rocketmqRoom, shapes: answersOf(ROCKETMQ_ACTIONS), make: rocketmqWorld },
} as const;

let service: TestService;
beforeAll(async () => {
  service = await startService({ rooms: [...rooms, planeRoom] });
});
afterAll(() => service.stop());

it.each(Object.keys(worlds) as (keyof typeof worlds)[])(
  "every published field of what %s reads is answered, or named as missing",
  async (product) => {
    const { room, shapes, make } = worlds[product];
    const answered = new Map<string, Set<string>>();
    const seen = (action: string, answer: unknown) => {
      const fields = answered.get(action) ?? new Set();
      for (const field of answeredFields(answer, shapes[action] ?? {})) fields.add(field);
      answered.set(action, fields);
    };
    await make(askOf(service, product, room, seen));
    const reading = room.actions.filter(({ kind }) => kind === "read");
    expect(reading.map(({ name }) => name).filter((name) => !answered.has(name))).toEqual([]);
    const left = reading.flatMap(({ name, partial }) => {
      const fields = unspoken(shapes[name] ?? {}, answered.get(name) ?? new Set(), partial);
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
