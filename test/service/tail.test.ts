import { describe, expect, it } from "vitest";
import { readTailArguments } from "../../service/tail-arguments.ts";
import { lineOf } from "../../service/tail-text.ts";

const NOW_MS = 1_800_000_000_000;
const read = (args: string, env: NodeJS.ProcessEnv = {}) =>
  readTailArguments(args === "" ? [] : args.split(" "), env, NOW_MS);

describe("the arguments of tail", () => {
  it("name an instance, and the service by a flag or the environment", () => {
    expect(read("orders")).toMatchObject({ instance: "orders", url: "http://127.0.0.1:8780", json: false });
    expect(read("orders --json", { CHANGE_TRACKING_ENDPOINT: "http://a:1/x" })).toMatchObject({
      url: "http://a:1",
      json: true,
    });
    expect(read("orders --url b:2", { CHANGE_TRACKING_ENDPOINT: "http://a:1" })?.url).toBe("http://b:2");
    expect(read("--help")).toBeUndefined();
  });

  it.each([
    ["start", 0],
    ["1795784000", 1_795_784_000],
    ["2026-11-27T12:00:00Z", 1_795_780_800],
    ["90s", 1_799_999_910],
    ["15m", 1_799_999_100],
    ["2h", 1_799_992_800],
    ["3d", 1_799_740_800],
  ])("take the time %s", (from, seconds) => {
    expect(read(`orders --from ${from}`)?.fromSeconds).toBe(seconds);
  });

  it.each([
    ["", /needs one instance, got none/],
    ["a b", /needs one instance, got a b/],
    ["a --from soon", /--from must be a time such as .*, got soon/],
    ["a --account x", /--account goes with --group/],
    ["a --jsno", /did you mean --json/],
    ["a --url ftp://x", /--url must be an address/],
  ])("are refused: %s", (args, message) => {
    expect(() => read(args)).toThrow(message);
  });
});

describe("a change as a line", () => {
  const change = {
    time: "2026-11-27T12:00:00.000Z",
    database: "shop",
    schema: "public",
    table: "orders",
    key: ["id"],
  };

  it("shows a new row, what is different, and a row that is gone", () => {
    const after = { id: 1, note: 'a "b"', at: null, body: { base64: "AQI=" } };
    expect(lineOf({ ...change, operation: "INSERT", after })).toBe(
      '2026-11-27 12:00:00 INSERT shop.public.orders id=1 note="a \\"b\\"" at=NULL body=0x0102',
    );
    const before = { ...after, note: "a" };
    expect(lineOf({ ...change, operation: "UPDATE", before, after })).toMatch(/orders id=1 note: a -> "a/);
    expect(lineOf({ ...change, operation: "DELETE", before: { id: 1 } })).toMatch(/DELETE .*orders id=1$/);
  });

  it("shows an update whose image before is not whole, and a key that has changed", () => {
    const partial = lineOf({
      ...change,
      operation: "UPDATE",
      before: { id: 1 },
      after: { id: 1, note: "b" },
    });
    expect(partial).toMatch(/orders id=1 note=b$/);
    const moved = lineOf({ ...change, operation: "UPDATE", before: { id: 1 }, after: { id: 2 } });
    expect(moved).toMatch(/orders id: 1 -> 2$/);
  });

  it("is one line without anything that steers a terminal, and not endless", () => {
    const after = { id: 1, note: `\u001b[31m\n${"x".repeat(500)}` };
    const line = lineOf({ ...change, operation: "INSERT", after });
    expect(line).not.toMatch(/\p{Cc}/u);
    expect(line.length).toBeLessThan(250);
    const ddl = lineOf({ ...change, operation: "DDL", statement: "create table\n  a (\u009b int)" });
    expect(ddl).toMatch(/DDL {4}shop.public.orders create table a \(\\x9b int\)$/);
  });
});
