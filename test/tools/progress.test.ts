import { expect, test } from "vitest";
import { formatDuration, startProgress } from "../../tools/progress.ts";

function screen(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 40, write: (text: string) => written.push(text), written };
}

test("off a terminal there is a line at the start and one at the end", () => {
  const stream = screen(false);
  const progress = startProgress("building", stream);
  for (let i = 0; i < 100; i++) progress.update(`${i} packages`);
  progress.done("done in 1.0 s");
  expect(stream.written).toEqual(["building\n", "building: done in 1.0 s\n"]);
});

test("on a terminal one line renews itself and never wraps", () => {
  const stream = screen(true);
  const progress = startProgress("building", stream);
  progress.done("x".repeat(100));
  expect(stream.written).toEqual(["building", `\r\u001b[Kbuilding: ${"x".repeat(29)}\n`]);
});

test("durations read like a person says them", () => {
  expect([400, 9_949, 45_200, 185_000].map(formatDuration)).toEqual(["0.4 s", "9.9 s", "45 s", "3 m 5 s"]);
});
