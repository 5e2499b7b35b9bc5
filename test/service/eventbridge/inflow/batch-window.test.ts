import fc from "fast-check";
import { expect, it } from "vitest";
import { BatchWindow, batchLimits } from "../../../../service/eventbridge/inflow/flow/batch-window.ts";

const MEBIBYTE = 1024 * 1024;

/** Adds events that come so many milliseconds apart; gives the batches and how long each has waited. */
function batches(messages: number, seconds: number, gapsMs: readonly number[]) {
  const window = new BatchWindow<number>(batchLimits({ messages, seconds }, MEBIBYTE));
  const left: { items: readonly number[]; waitedMs: number }[] = [];
  let nowMs = 0;
  let sinceMs = 0;
  const leave = () => left.push({ items: window.take(), waitedMs: nowMs - sinceMs });
  for (const [item, gapMs] of gapsMs.entries()) {
    const untilMs = nowMs + gapMs;
    for (
      let ms = window.leftMs(nowMs);
      ms !== undefined && nowMs + ms <= untilMs;
      ms = window.leftMs(nowMs)
    ) {
      nowMs += ms;
      leave();
    }
    nowMs = untilMs;
    if (window.isEmpty) sinceMs = nowMs;
    window.add(item, 1, nowMs);
    if (window.leftMs(nowMs) === 0) leave();
  }
  return { left, rest: window.take() };
}

it("MQ-2 runtime: a batch leaves when it is full or its interval is over, never with more, and nothing is lost or turned round", () => {
  const given = [fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 15 })] as const;
  const gaps = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 100 });
  fc.assert(
    fc.property(...given, gaps, (messages, seconds, gapsMs) => {
      const { left, rest } = batches(messages, seconds, gapsMs);
      for (const { items, waitedMs } of left) {
        expect(items.length).toBeLessThanOrEqual(messages);
        expect(items.length === messages || waitedMs >= seconds * 1000).toBe(true);
      }
      expect([...left.flatMap(({ items }) => items), ...rest]).toEqual([...gapsMs.keys()]);
    }),
  );
});

it("MQ-3 runtime: a batch never waits longer than the interval, and 0 sends at once", () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 100 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 15 }), gaps, (seconds, gapsMs) => {
      const { left } = batches(10_000, seconds, gapsMs);
      for (const { waitedMs } of left) expect(waitedMs).toBeLessThanOrEqual(seconds * 1000);
    }),
  );
  const window = new BatchWindow<string>(batchLimits({ seconds: 0 }, MEBIBYTE));
  expect(window.leftMs(5)).toBeUndefined();
  window.add("one", 1, 5);
  expect(window.leftMs(5)).toBe(0);
});

it("a batch is full when its events take too much memory; a larger one goes alone", () => {
  const window = new BatchWindow<string>(batchLimits({ messages: 10, seconds: 15 }, 100));
  window.add("a", 60, 0);
  expect(window.isFullFor(40)).toBe(false);
  expect(window.isFullFor(41)).toBe(true);
  expect(() => window.add("b", 41, 0)).toThrow(RangeError);
  expect(window.take()).toEqual(["a"]);
  expect(window.isFullFor(1000)).toBe(false);
  window.add("large", 1000, 0);
  expect(window.leftMs(0)).toBe(0);
});
