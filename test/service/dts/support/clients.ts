import { createRequire } from "node:module";
import { expect } from "vitest";
import { DTS_ACTIONS } from "../../../../contract/dts/index.ts";
import { LOCAL_ACCESS_KEY_ID, LOCAL_ACCESS_KEY_SECRET } from "../../../../contract/local.ts";
import { misfits } from "../../../support/misfits.ts";
import { shapesOf } from "../../../support/shapes.ts";

// The clients are CommonJS with a default export that Node and bundlers see differently.
const require = createRequire(import.meta.url);
const { default: OpenApi, Config, OpenApiRequest, Params } = require("@alicloud/openapi-client");
const { RuntimeOptions } = require("@alicloud/tea-util");
const { RPCClient } = require("@alicloud/pop-core");

const shapes = shapesOf(DTS_ACTIONS);
const VERSION = "2020-01-01";
const LOCAL_KEY = { accessKeyId: LOCAL_ACCESS_KEY_ID, accessKeySecret: LOCAL_ACCESS_KEY_SECRET };

export type Answer = Record<string, unknown>;
/** Calls an action; lists and objects are flattened as the product publishes. Rejects with `code`. */
export type Caller = (action: string, params?: Record<string, unknown>) => Promise<Answer>;

export const clientNames = [
  "openapi-client V3",
  "openapi-client v2",
  "pop-core GET",
  "pop-core POST",
] as const;

/** An official client whose every answer is held against the published fields and types. */
export function callerOf(name: (typeof clientNames)[number], url: string, key = LOCAL_KEY): Caller {
  const isPop = name.startsWith("pop-core");
  const call = isPop ? popCore(url, key, name.slice(9)) : openApi(url, key, name.endsWith("v2"));
  return async (action, params = {}) => {
    const answer = await call(action, flattened(params));
    expect(misfits(answer, shapes[action] ?? {}), action).toEqual([]);
    return answer;
  };
}

function openApi(url: string, key: typeof LOCAL_KEY, v2: boolean): Caller {
  const client = new OpenApi(
    new Config({
      ...key,
      endpoint: new URL(url).host,
      protocol: "http",
      ...(v2 ? { signatureAlgorithm: "v2" } : {}),
    }),
  );
  return async (action, query) => {
    const params = new Params({
      action,
      version: VERSION,
      protocol: "HTTP",
      pathname: "/",
      method: "POST",
      authType: "AK",
      style: "RPC",
      reqBodyType: "formData",
      bodyType: "json",
    });
    const answer = await client.callApi(params, new OpenApiRequest({ query }), new RuntimeOptions({}));
    return answer.body as Answer;
  };
}

function popCore(url: string, key: typeof LOCAL_KEY, method: string): Caller {
  const client = new RPCClient({
    ...key,
    endpoint: url,
    apiVersion: VERSION,
  });
  return (action, params) => client.request(action, params, { method });
}

/** `{ Tag: [{ Key: "a" }] }` becomes `Tag.1.Key=a`. */
function flattened(params: Record<string, unknown>): Record<string, string> {
  const flat: Record<string, string> = {};
  const put = (name: string, value: unknown): void => {
    if (Array.isArray(value)) for (const [i, item] of value.entries()) put(`${name}.${i + 1}`, item);
    else if (typeof value === "object" && value !== null) {
      for (const [key, member] of Object.entries(value)) put(`${name}.${key}`, member);
    } else if (value !== undefined) flat[name] = String(value);
  };
  for (const [name, value] of Object.entries(params)) put(name, value);
  return flat;
}
