import { afterEach, expect, it, vi } from "vitest";
import { sayConsoleTexts } from "../../../../service/core/kit/console-texts.ts";

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
  vi.restoreAllMocks();
});

it("hands on what is printed, formatted, until it is ended", () => {
  const said: string[] = [];
  const print = console.warn;
  const end = sayConsoleTexts((method, text) => void said.push(`${method} ${text}`));
  console.warn("%s of %d", "one", 2);
  console.trace();
  console.error(new Error("an error").message, { a: 1 });
  end();
  expect(said).toEqual(["warn one of 2", "trace ", "error an error { a: 1 }"]);
  expect(console.warn).toBe(print);
});

it("hands on 100 texts a minute", () => {
  const now = vi.spyOn(performance, "now").mockReturnValue(0);
  let count = 0;
  ends.push(
    sayConsoleTexts(() => {
      count += 1;
    }),
  );
  for (let times = 0; times < 500; times += 1) console.log("again");
  expect(count).toBe(100);
  now.mockReturnValue(60_001);
  console.log("later");
  expect(count).toBe(101);
});
