import { beforeEach, describe, expect, it } from "vitest";
import { Held } from "../../../service/rocketmq-grpc/held.ts";

const limits = { renewedMs: 60_000, renewAheadMs: 10_000, renewingMsMax: 300_000, heldMax: 3 };
const place = { group: "billing", topic: "orders" };

let nowMs: number;
let hidden: string[];
let isKnown: boolean;
let held: Held;

beforeEach(() => {
  nowMs = 0;
  hidden = [];
  isKnown = true;
  held = new Held({
    backend: {
      async changeInvisible(_place, handle, invisibleMs) {
        hidden.push(`${handle} ${invisibleMs}`);
        return isKnown ? `${handle}+` : undefined;
      },
    },
    limits,
    now: () => nowMs,
  });
  held.add({ clientId: "c1", place, handle: "a", attempt: 2 });
});

async function later(ms: number): Promise<void> {
  nowMs += ms;
  await held.sweep();
}

describe("a message that a push consumer has", () => {
  it("is renewed before it is seen by others, and known by the client's handle all the time", async () => {
    await later(49_000);
    expect(hidden).toEqual([]);
    await later(1_000);
    await later(50_000);
    expect(hidden).toEqual(["a 60000", "a+ 60000"]);
    expect(await held.take(place, "a")).toEqual({ handle: "a++", attempt: 2 });
    expect(await held.take(place, "a")).toEqual({ handle: "a" });
    await later(50_000);
    expect(hidden).toHaveLength(2);
  });

  it("is still renewed when another group or topic names its handle", async () => {
    expect(await held.take({ ...place, group: "audit" }, "a")).toEqual({ handle: "a" });
    expect(await held.take({ ...place, topic: "bills" }, "a")).toEqual({ handle: "a" });
    await later(50_000);
    expect(hidden).toEqual(["a 60000"]);
  });

  it("is renewed no more when the backend does not know it any more", async () => {
    isKnown = false;
    await later(50_000);
    await later(50_000);
    expect(hidden).toEqual(["a 60000"]);
  });

  it("is renewed for a bounded time", async () => {
    for (let at = 0; at < 20; at += 1) await later(50_000);
    expect(hidden).toHaveLength(6);
  });

  it("is given back when its client has gone", async () => {
    held.add({ clientId: "c2", place, handle: "b", attempt: 1 });
    held.drop("c1");
    await later(1);
    expect(hidden).toEqual(["a 1000"]);
    expect(await held.take(place, "b")).toEqual({ handle: "b", attempt: 1 });
  });

  it("is waited for while it is being renewed", async () => {
    nowMs = 50_000;
    const sweeping = held.sweep();
    expect(await held.take(place, "a")).toEqual({ handle: "a+", attempt: 2 });
    await sweeping;
  });

  it("is one of a bounded number", async () => {
    for (const handle of ["b", "c", "d"]) held.add({ clientId: "c1", place, handle, attempt: 1 });
    expect(await held.take(place, "d")).toEqual({ handle: "d" });
  });
});
