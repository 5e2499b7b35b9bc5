import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { dial } from "../../../../service/core/outbound/dial.ts";
import { cleansing } from "../../../../service/eventbridge/inflow/function/cleansing.ts";
import { FunctionCaller } from "../../../../service/eventbridge/inflow/function/function-caller.ts";
import { Turns } from "../../../../service/eventbridge/inflow/function/turns.ts";

/* Functions as real HTTP servers of this process. */

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

type Answering = (body: unknown, response: ServerResponse, request: IncomingMessage) => void;

async function serve(answer: Answering): Promise<string> {
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (piece) => {
      text += piece;
    });
    request.on("end", () => answer(JSON.parse(text), response, request));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/clean?v=1`;
}

const policy = { host: "127.0.0.1", outbound: { allow: [], deny: [] } };
const caller = (more: object = {}) =>
  new FunctionCaller({
    connect: (host, port) => dial(policy, { host, port, msMax: 2_000, isConfigured: true }),
    ...more,
  });
const signal = new AbortController().signal;
const events = [{ id: "1", a: "ä" }, { id: "2" }];

it("MQ-15 runtime: a function gets the batch as a JSON list at its URL", async () => {
  const seen: unknown[] = [];
  const url = await serve((body, response, { method, url: path, headers }) => {
    seen.push(method, path, headers["content-type"], body);
    response.end(JSON.stringify(body));
  });
  expect(await caller().call(url, events, signal)).toEqual(events);
  expect(seen).toEqual(["POST", "/clean?v=1", "application/json; charset=utf-8", events]);
});

it.each([
  ["[]", []],
  ["", []],
  ["null", []],
  ['{"one":1}', [{ one: 1 }]],
  ['[{"three":3},{}]', [{ three: 3 }, {}]],
])("the answer %s are the events %j", async (text, expected) => {
  const url = await serve((_, response) => response.end(text));
  expect(await caller().call(url, events, signal)).toEqual(expected);
});

it.each([
  ["nonsense", (_: unknown, response: ServerResponse) => response.end("<html>"), /no JSON/],
  ["a text", (_: unknown, response: ServerResponse) => response.end('"busy"'), /no JSON object/],
  ["a list of lists", (_: unknown, response: ServerResponse) => response.end("[{},[]]"), /no JSON object/],
  [
    "events and nothing",
    (_: unknown, response: ServerResponse) => response.end("[{},null]"),
    /no JSON object/,
  ],
  ["a failure", (_: unknown, response: ServerResponse) => response.writeHead(503).end(), /status 503/],
  [
    "elsewhere",
    (_: unknown, response: ServerResponse) => response.writeHead(302, { location: "/" }).end(),
    /302/,
  ],
  [
    "too much",
    (_: unknown, response: ServerResponse) => response.end(`"${"x".repeat(2000)}"`),
    /more than 1000 bytes/,
  ],
  ["nothing in time", () => undefined, /no answer within 200 ms/],
  [
    "blanks without end",
    (_: unknown, response: ServerResponse) => {
      const dripping = setInterval(() => response.write(" "), 20);
      response.useChunkedEncodingByDefault = false;
      response.once("close", () => clearInterval(dripping));
    },
    /no answer within 200 ms/,
  ],
  [
    "in another protocol",
    (_: unknown, response: ServerResponse) =>
      response.writeHead(101, { upgrade: "x", connection: "upgrade" }).end(),
    /another protocol/,
  ],
  ["a broken connection", (_: unknown, response: ServerResponse) => response.destroy(), /hang up|reset/],
  [
    "depths",
    (_: unknown, response: ServerResponse) => response.end("[".repeat(90) + "]".repeat(90)),
    /nested deeper/,
  ],
])("a function that answers %s has failed", async (_, answer, reason) => {
  const url = await serve(answer as Answering);
  const call = caller({ callMsMax: 200, bytesMax: 1000 }).call(url, events, signal);
  await expect(call).rejects.toMatchObject({ code: "FUNCTION_FAILED", isFinal: false });
  await expect(call).rejects.toThrow(reason);
});

it("a function that answers more events than are taken has failed", async () => {
  const url = await serve((_, response) => response.end(`[${"0,".repeat(100_000)}0]`));
  await expect(caller().call(url, events, signal)).rejects.toThrow("100001 events, allowed 100000");
});

it("nobody there is a failure, and a list that is too long is one for good", async () => {
  await expect(caller().call("http://127.0.0.1:9/x", events, signal)).rejects.toMatchObject({
    code: "FUNCTION_FAILED",
  });
  const long = caller({ bytesMax: 10 }).call("http://127.0.0.1:9/x", events, signal);
  await expect(long).rejects.toMatchObject({ code: "EVENT_TOO_LARGE", isFinal: true });
});

it("a call that is given up ends its connection", async () => {
  const stop = new AbortController();
  let isClosed = false;
  const url = await serve((_, response) => {
    response.on("close", () => {
      isClosed = true;
    });
    stop.abort(new Error("paused"));
  });
  await expect(caller().call(url, events, stop.signal)).rejects.toThrow("paused");
  await expect.poll(() => isClosed).toBe(true);
});

it("an event that comes back under its id keeps its row's key", async () => {
  const url = await serve((body, response) =>
    response.end(JSON.stringify([...(body as object[]).reverse(), { id: "new" }])),
  );
  const items = events.map((event) => ({ event, key: `row ${event.id}` }));
  const cleaned = await cleansing(caller(), url)(items, signal);
  expect(cleaned.map(({ key }) => key)).toEqual(["row 2", "row 1", "function"]);
});

it("so many are inside at once, and who leaves the queue takes nobody's place", async () => {
  const turns = new Turns(2);
  let [inside, most] = [0, 0];
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setTimeout(resolve, 1));
    inside -= 1;
  };
  const leaving = new AbortController();
  const all = Array.from({ length: 20 }, () => turns.run(signal, work));
  const gone = turns.run(leaving.signal, work);
  leaving.abort(new Error("gone"));
  await expect(gone).rejects.toThrow("gone");
  await Promise.all(all);
  expect(most).toBe(2);
});
