import { z } from "zod";
import type { Action } from "../../../../contract/action.ts";
import { type ErrorEntry, ServiceError } from "../../../../contract/errors/index.ts";
import {
  csv,
  flag,
  integer,
  jsonText,
  list,
  optional,
  text,
  withDefault,
} from "../../../../contract/params.ts";
import { gatewayFailure } from "../../../../service/core/http/write-answer.ts";
import {
  type CallContext,
  defineAction,
  type Envelope,
  type ServedAction,
} from "../../../../service/core/kit/action.ts";
import type { ProductRoom } from "../../../../service/core/kit/product-room.ts";

/** Two small products, one of each style, over one table each: enough to judge the core by real clients. */

const envelope: Envelope = {
  success: (result, meta) => ({ RequestId: meta.requestId, Success: true, ...result }),
  failure: (error, meta) => ({
    httpStatus: error.httpStatus,
    body: { Success: false, ...gatewayFailure(error, meta) },
  }),
};

function refusal(code: string, httpStatus: number, message: string): ErrorEntry {
  return { code, httpStatus, message, retryable: false, basis: "chosen" };
}

const soldOut = refusal("SoldOut", 409, "There is none left.");
const throttled = refusal("Throttling.User", 400, "Request was denied due to user flow control.");

/** A small action of no published API: whatever the handler answers is its answer. */
function served<S extends z.ZodType>({
  handler,
  ...action
}: Pick<Action<S>, "name" | "kind" | "summary" | "route" | "request"> & {
  readonly handler: (ctx: CallContext, input: z.output<S>) => Promise<object> | object;
}): ServedAction {
  const rest = { product: "shop", source: "none", coverage: "whole", testedBy: [], answer: {} } as const;
  return defineAction({ ...rest, ...action }, handler);
}

const putThing = served({
  name: "PutThing",
  kind: "write",
  summary: "Stores a thing.",
  request: () =>
    z.object({
      Name: text(z.string().max(20, { error: "must be at most 20 characters long [XYZ-1]" })),
      Count: withDefault(integer({ min: 1, max: 9, rule: "XYZ-2" }), 1),
      Fresh: optional(flag()),
      Labels: optional(list(z.object({ Key: text(), Value: optional(z.string()) }))),
      Detail: optional(jsonText(z.object({ size: z.number() }))),
      Kinds: optional(csv({ max: 3 })),
      Password: optional(text()),
    }),
  handler(ctx, input) {
    const sealed = input.Password === undefined ? null : ctx.vault.seal(input.Password);
    ctx.store.run(
      "INSERT INTO shop_things (name, count, secret, bytes) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET count = excluded.count",
      input.Name,
      input.Count,
      sealed,
      new Uint8Array([1, 2, 250]),
    );
    const { Password, ...shown } = input;
    return {
      ...shown,
      HasPassword: Password !== undefined,
      Region: ctx.region,
      Account: ctx.principal.accountId,
    };
  },
});

const listThings = served({
  name: "ListThings",
  kind: "read",
  summary: "Lists all things.",
  request: () => z.object({}),
  handler: (ctx) => ({ Things: ctx.store.all("SELECT name, count FROM shop_things ORDER BY name") }),
});

const waitForThing = served({
  name: "WaitForThing",
  kind: "write",
  summary: "Waits, then stores a thing.",
  request: () => z.object({ Name: text(), Ms: integer({ min: 0, max: 60_000 }) }),
  async handler(ctx, input) {
    await new Promise((resolve) => setTimeout(resolve, input.Ms));
    ctx.store.run("INSERT OR REPLACE INTO shop_things (name, count) VALUES (?, 1)", input.Name);
    return { Aborted: ctx.signal.aborted };
  },
});

const breakThing = served({
  name: "BreakThing",
  kind: "read",
  summary: "Fails in the way the caller asks for.",
  request: () => z.object({ How: text(), Password: optional(text()) }),
  handler(_ctx, input): object {
    if (input.How === "soldOut") throw new ServiceError(soldOut);
    if (input.How === "throttled") throw new ServiceError(throttled);
    throw new Error(`a defect that quotes ${input.Password}`);
  },
});

export const shopRoom: ProductRoom = {
  name: "shop",
  version: "2000-01-01",
  style: "RPC",
  host: "shop",
  envelope,
  actions: [putThing, listThings, waitForThing, breakThing],
  migrations: [
    {
      id: "001",
      sql: "CREATE TABLE shop_things (name TEXT PRIMARY KEY, count INTEGER NOT NULL, secret TEXT, bytes BLOB) STRICT",
    },
  ],
  seed(kernel, part) {
    const { names } = z.object({ names: z.array(z.string()) }).parse(part);
    for (const name of names) kernel.store.run("INSERT INTO shop_things (name, count) VALUES (?, 1)", name);
  },
  controls: {
    recount: (kernel, body) => ({
      changed: kernel.store.run("UPDATE shop_things SET count = ?", (body as { count: number }).count),
    }),
  },
  status: (kernel) => ({ ...kernel.store.get("SELECT count(*) AS things FROM shop_things") }),
};

const stallEnvelope: Envelope = {
  success: (result, meta) => ({ requestId: meta.requestId, success: true, data: result }),
  failure: (error, meta) => ({
    httpStatus: error.httpStatus,
    body: { success: false, ...gatewayFailure(error, meta) },
  }),
  invalid: ({ parameter, missing, message }) =>
    new ServiceError(
      refusal(missing ? "parameter.missing" : "parameter.bad", 400, `${parameter}: ${message}`),
    ),
};

const stallItem = z.object({
  itemId: text(),
  remark: optional(text(z.string().max(60))),
  tags: optional(list(text())),
});

export const stallRoom: ProductRoom = {
  name: "stall",
  version: "2000-01-02",
  style: "ROA",
  host: "stall",
  envelope: stallEnvelope,
  actions: [
    served({
      name: "GetItem",
      kind: "read",
      summary: "Echoes the parameters.",
      route: { method: "GET", path: "/stalls/{stallId}/items/{itemId}" },
      request: () =>
        z.object({
          stallId: text(),
          itemId: text(),
          filter: optional(text()),
          regionId: optional(text()),
        }),
      handler: (_ctx, input) => input,
    }),
    served({
      name: "PutItem",
      kind: "write",
      summary: "Echoes the parameters.",
      route: { method: "POST", path: "/stalls/{stallId}/items/{itemId}" },
      request: () => stallItem.extend({ stallId: text() }),
      handler: (_ctx, input) => input,
    }),
    served({
      name: "ListItems",
      kind: "read",
      summary: "Echoes the parameters.",
      route: { method: "GET", path: "/stalls/{stallId}/items" },
      request: () =>
        z.object({
          stallId: text(),
          pageSize: withDefault(integer({ min: 1, max: 100 }), 10),
          tagKey: optional(list(text())),
        }),
      handler: (_ctx, input) => input,
    }),
  ],
  migrations: [],
};

export const testRooms: readonly ProductRoom[] = [shopRoom, stallRoom];
