import { describe, expect, it } from "vitest";
import { RunMemory } from "../../../../provider/runtime/host/memory.ts";
import { quickClock } from "../../support/fake-dts.ts";

describe("the memory of a run", () => {
  it("leads from checked inputs back to the resource, whatever the order of keys", () => {
    const memory = new RunMemory();
    memory.rememberUrn("K", { a: 1, b: { c: 2, d: undefined }, __provider: "x" }, "urn:1");
    expect(memory.urnOf("K", { b: { c: 2 }, a: 1 })).toBe("urn:1");
    expect(memory.urnOf("Other", { a: 1, b: { c: 2 } })).toBeUndefined();
    memory.rememberUrn("K", { a: 1, b: { c: 2 } }, "urn:2");
    expect(memory.urnOf("K", { a: 1, b: { c: 2 } })).toBeUndefined();
  });

  it("asks once for all, keeps a failure only when told to, and forgets with age", async () => {
    const memory = new RunMemory();
    const clock = quickClock();
    let calls = 0;
    const good = async () => ++calls;
    const age = { clock, ageMsMax: 100 };
    expect(await Promise.all([memory.once("a", good, { age }), memory.once("a", good, { age })])).toEqual([
      1, 1,
    ]);
    await clock.sleep(101);
    expect(await memory.once("a", good, { age })).toBe(2);
    const bad = async () => {
      calls += 1;
      throw new Error("no");
    };
    await expect(memory.once("b", bad)).rejects.toThrow("no");
    expect(await memory.once("b", good)).toBe(4);
    await expect(memory.once("c", bad, { keepFailure: true })).rejects.toThrow("no");
    await expect(memory.once("c", good, { keepFailure: true })).rejects.toThrow("no");
  });

  it("runs exclusive works one after the other, also after a failure", async () => {
    const memory = new RunMemory();
    const seen: string[] = [];
    const work = (name: string, fails = false) =>
      memory.exclusively("k", async () => {
        seen.push(`${name} starts`);
        await Promise.resolve();
        seen.push(`${name} ends`);
        if (fails) throw new Error(name);
      });
    const all = await Promise.allSettled([work("a", true), work("b")]);
    expect(all.map((one) => one.status)).toEqual(["rejected", "fulfilled"]);
    expect(seen).toEqual(["a starts", "a ends", "b starts", "b ends"]);
  });
});
