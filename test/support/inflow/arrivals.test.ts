import { expect, it } from "vitest";
import { Arrivals } from "./arrivals.ts";

const body = (id: number, step: number) => JSON.stringify({ data: { afterImage: { row: { id, step } } } });
const wanted = new Map([[1, [1, 2, 3]]]);

it("what is missing, was never committed or is no event is told, and what came twice is counted", () => {
  const strict = new Arrivals({ topic: "strict" });
  for (const step of [1, 2, 1, 2]) strict.take("strict", body(1, step));
  strict.take("strict", body(9, 4));
  expect(strict.differences(wanted)).toEqual(["strict: lost: 1 3", "strict: never committed: 9 4"]);
  expect(strict.duplicates).toBe(2);
  expect(() => strict.take("strict", "[]")).toThrow("no event: []");
});

it("a change behind a later one of its key is out of order, unless it is a dead letter as well", () => {
  const strict = new Arrivals({ topic: "strict" });
  strict.take("strict", body(1, 2));
  expect(() => strict.take("strict", body(1, 1))).toThrow("came behind step 2");

  const buried = new Arrivals({ topic: "buried", deadLetters: "letters" });
  for (const step of [2, 1, 3]) buried.take("buried", body(1, step));
  expect(buried.differences(wanted)).toEqual(["buried: out of order: 1 1"]);
  buried.take("letters", body(1, 1));
  expect([buried.differences(wanted), buried.late]).toEqual([[], 1]);
});
