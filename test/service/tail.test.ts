import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { tail } from "../../service/tail.ts";
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

describe("what tail tells the person who looks", () => {
  const page = (offset: number, more: object = {}) => ({
    instance: "dtsx",
    status: "Normal",
    notes: ["public.orders is not tracked"],
    next: { log: "x", offset },
    lost: 0,
    isNewLog: false,
    changes: [],
    ...more,
  });
  const notOpen = { error: { code: "ServiceUnavailable", message: "The log of dtsx is not open." } };

  /** Gives these answers, the last one again and again, and what is told until `ends`. */
  async function told(answers: readonly object[], ends: string, flags = "orders"): Promise<string[]> {
    const left = [...answers];
    const server = createServer((_, response) => {
      const answer = left.length > 1 ? left.shift() : left[0];
      response.statusCode = answer === notOpen ? 503 : 200;
      response.end(JSON.stringify(answer));
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const stop = new AbortController();
    const lines: string[] = [];
    const note = (text: string) => {
      lines.push(text);
      if (text.includes(ends)) stop.abort();
    };
    const wish = read(flags, { CHANGE_TRACKING_ENDPOINT: url });
    if (!wish) throw new Error("no help was asked for");
    await tail(wish, { line: async (text) => note(text), note }, stop.signal);
    return lines;
  }

  it("waits for the log of a service that starts again, and says when a source is back", async () => {
    const lost = page(5, { status: "Abnormal", errorMessage: "the source is lost", notes: [] });
    const lines = await told([page(5), page(5), notOpen, lost, notOpen, page(5)], "again");
    expect(lines).toEqual([
      "Note: public.orders is not tracked",
      "Waiting for changes of dtsx; --from shows earlier ones.",
      "dtsx is Abnormal: the source is lost",
      "dtsx is Normal again.",
    ]);
  });

  it("says how far the source was read, and how long ago that was committed where it is known", async () => {
    const stands = { position: "mysql-bin.000003:4512", notes: [] };
    const lines = await told(
      [page(5, { ...stands, lagSeconds: 7 }), page(5, { ...stands, lagSeconds: 7 })],
      "up to",
    );
    expect(lines).toEqual([
      "Waiting for changes of dtsx; its source was read up to mysql-bin.000003:4512, 7 s behind; --from shows earlier ones.",
    ]);
    const suspended = await told([page(5, stands), page(5, stands)], "up to");
    expect(suspended).toEqual([
      "Waiting for changes of dtsx; its source was read up to mysql-bin.000003:4512; --from shows earlier ones.",
    ]);
  });

  it("goes on at once over pages of heartbeats, and waits only at the end", async () => {
    const beganMs = performance.now();
    const pages = Array.from({ length: 40 }, (_, index) => page(1_000 * index));
    const lines = await told(pages, "Waiting", "orders --from start");
    expect(lines.at(-1)).toBe("Waiting for changes of dtsx.");
    expect(performance.now() - beganMs).toBeLessThan(5_000);
  });
});
