import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Log, LogEntry } from "../../../service/log/log.ts";
import { entriesFrom, openTestStore, type StoreKind, textOf } from "./support/stores.ts";

const RUNS = 120;

type Step =
  | { do: "append"; shapes: Shape[]; apart: boolean }
  | { do: "read"; at: number; bytesMax: number }
  | { do: "find"; back: number }
  | { do: "trim"; at: number }
  | { do: "discard" }
  | { do: "reopen" };

interface Shape {
  readonly records: number;
  readonly complete: boolean;
  readonly later: number;
  readonly bytes: number;
}

const shape = fc.record({
  records: fc.integer({ min: 1, max: 5 }),
  complete: fc.boolean(),
  later: fc.integer({ min: 0, max: 3 }),
  bytes: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constant(700)),
});
const step = fc.oneof<fc.WeightedArbitrary<Step>[]>(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("append" as const),
      shapes: fc.array(shape, { maxLength: 6 }),
      apart: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("read" as const),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      bytesMax: fc.constantFrom(0, 50, 300, 5_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("find" as const), back: fc.integer({ min: -2, max: 30 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("trim" as const),
      at: fc.double({ min: 0, max: 1.1, noNaN: true }),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ do: "discard" }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: "reopen" }) },
);

/** All entries ever appended and not discarded, in a plain array. */
class Model {
  entries: LogEntry[] = [];
  seconds = 1_000;
  startOffset = 0;

  get complete(): LogEntry | undefined {
    return this.entries.findLast((entry) => entry.complete);
  }
  get endOffset(): number {
    return endOf(this.complete);
  }
  get readable(): LogEntry[] {
    return this.entries.filter(
      (one) => one.baseOffset >= this.startOffset && one.baseOffset < this.endOffset,
    );
  }

  /** What was given up is the log's choice, but it begins with a whole transaction, and only ever moves on. */
  check(log: Log): void {
    const { startOffset, endOffset, nextOffset, firstSeconds, lastSeconds } = log.range();
    expect({ endOffset, nextOffset }).toEqual({
      endOffset: this.endOffset,
      nextOffset: endOf(this.entries.at(-1)),
    });
    expect(startOffset).toBeGreaterThanOrEqual(this.startOffset);
    const before = this.entries.findLast((one) => one.baseOffset < startOffset);
    expect(before === undefined || before.complete).toBe(true);
    this.startOffset = startOffset;
    expect(firstSeconds).toBe(this.readable[0]?.firstSeconds);
    expect(lastSeconds).toBe(this.readable.at(-1)?.lastSeconds);
    expect(textOf(log.position())).toBe(textOf(this.complete?.position ?? new Uint8Array()));
  }
}

function endOf(entry: LogEntry | undefined): number {
  return entry ? entry.baseOffset + entry.recordCount : 0;
}

/** Numbers of a run of entries that a read may give back. */
function expectedRead(model: Model, fromOffset: number, bytesMax: number) {
  const readable = model.readable.filter((one) => endOf(one) > fromOffset);
  let bytes = 0;
  const most = readable.findIndex(({ payload }, at) => {
    bytes += payload.length;
    return at > 0 && bytes > bytesMax;
  });
  return most < 0 ? readable : readable.slice(0, most);
}

async function run(kind: StoreKind, steps: readonly Step[], tailBytes: number): Promise<void> {
  const test = await openTestStore(kind, { segmentBytes: 600, tailBytes });
  try {
    const model = new Model();
    let log = await test.store.open("one");
    for (const one of steps) {
      if (one.do === "append") {
        const entries = entriesFrom(
          log.range(),
          one.shapes.map(({ later, ...rest }) => {
            model.seconds += later;
            return { ...rest, seconds: model.seconds };
          }),
        );
        model.entries.push(...entries);
        if (one.apart) await Promise.all(entries.map((entry) => log.append([entry])));
        else await log.append(entries);
      } else if (one.do === "read") {
        const from = model.startOffset + Math.floor(one.at * (model.endOffset - model.startOffset));
        const found = await log.read(from, one.bytesMax);
        const most = expectedRead(model, from, one.bytesMax);
        const count = found.payloads.length;
        expect(count).toBeLessThanOrEqual(most.length);
        expect(count).toBeGreaterThanOrEqual(Math.min(1, most.length));
        expect(found.payloads.map(textOf)).toEqual(
          most.slice(0, count).map(({ payload }) => textOf(payload)),
        );
        expect(found.baseOffset).toBe(most[0]?.baseOffset ?? model.endOffset);
        expect(found.nextOffset).toBe(count === 0 ? model.endOffset : endOf(most[count - 1]));
      } else if (one.do === "find") {
        const seconds = model.seconds - one.back;
        const first = model.readable.find(({ lastSeconds }) => lastSeconds >= seconds);
        expect(await log.findTime(seconds)).toEqual(
          first && { offset: first.baseOffset, seconds: first.firstSeconds },
        );
      } else if (one.do === "trim") {
        await log.trim(Math.floor(one.at * model.endOffset));
        expect(log.range().startOffset).toBeLessThanOrEqual(
          Math.max(model.startOffset, one.at * model.endOffset),
        );
      } else if (one.do === "discard") {
        await log.discardIncomplete();
        model.entries = model.entries.filter(({ baseOffset }) => baseOffset < model.endOffset);
        model.seconds = model.entries.at(-1)?.lastSeconds ?? model.seconds;
      } else log = await (await test.reopen()).open("one");
      model.check(log);
    }
  } finally {
    await test.remove();
  }
}

describe.each<StoreKind>(["file", "memory"])("a log in %s", (kind) => {
  it("is what a plain array of entries would be", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 40 }),
        fc.constantFrom(0, 200, 1e6),
        async (steps, tailBytes) => await run(kind, steps, tailBytes),
      ),
      { numRuns: RUNS },
    );
  });
});
