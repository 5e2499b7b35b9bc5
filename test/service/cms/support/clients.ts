import { createRequire } from "node:module";
import { expect } from "vitest";
import { CMS_ACTIONS } from "../../../../contract/cms/index.ts";
import { LOCAL_ACCESS_KEY_ID, LOCAL_ACCESS_KEY_SECRET } from "../../../../contract/local.ts";
import { misfits } from "../../../support/misfits.ts";
import { shapesOf } from "../../../support/shapes.ts";

// The clients are CommonJS with a default export that Node and bundlers see differently.
const require = createRequire(import.meta.url);
const sdk = require("@alicloud/cms20190101");
const { Config } = require("@alicloud/openapi-client");
const { RPCClient } = require("@alicloud/pop-core");

const shapes = shapesOf(CMS_ACTIONS);

export type Answer = Record<string, unknown>;
export type Caller = (action: string, params?: Record<string, unknown>) => Promise<Answer>;

export const clientNames = ["SDK V3", "SDK v2", "pop-core GET", "pop-core POST"] as const;

/** A refused call, whichever way its client tells it. */
export class Refused extends Error {
  readonly code: string;
  readonly body: Answer;
  constructor(code: string, message: string, body: Answer) {
    super(message);
    this.code = code;
    this.body = body;
  }
}

/** An official client. Each answer is held against the published fields and types; a refusal rejects. */
export function callerOf(name: (typeof clientNames)[number], url: string): Caller {
  const call = name.startsWith("pop-core") ? popCore(url, name.slice(9)) : typed(url, name.endsWith("v2"));
  return async (action, params = {}) => {
    const answer = await call(action, params);
    expect(shapes, action).toHaveProperty(action);
    const shape = shapes[action] ?? {};
    expect(misfits(answer, shape), action).toEqual([]);
    expect(answer.RequestId, action).toMatch(/^[0-9A-F-]{36}$/);
    if ("Success" in shape && answer.Success !== true)
      throw new Refused(String(answer.Code), String(answer.Message), answer);
    expect(answer.Code, action).toBe(action === "DescribeMetricRuleList" ? 200 : "200");
    return answer;
  };
}

const refused = (error: unknown): never => {
  const { code, data, message } = error as { code: string; data?: Answer; message: string };
  throw new Refused(String(data?.Code ?? code), String(data?.Message ?? message), data ?? {});
};

/** The typed SDK: one method and one request class an action; structured parameters are its own classes. */
function typed(url: string, v2: boolean): Caller {
  const client = new sdk.default(
    new Config({
      accessKeyId: LOCAL_ACCESS_KEY_ID,
      accessKeySecret: LOCAL_ACCESS_KEY_SECRET,
      endpoint: new URL(url).host,
      protocol: "http",
      regionId: "cn-hangzhou",
      ...(v2 ? { signatureAlgorithm: "v2" } : {}),
    }),
  );
  return async (action, params = {}) => {
    const Request = sdk[`${action}Request`];
    expect(unknownTo(Request, params), `${action} of the SDK`).toEqual([]);
    const request = modelOf(Request, params);
    const answer = await client[lowerFirst(action)](request).catch(refused);
    return plain(answer.body.toMap()) as Answer;
  };
}

interface ModelClass {
  new (fields: object): object;
  names(): Record<string, string>;
  types(): Record<string, unknown>;
}

const unknownTo = (Model: ModelClass, params: Record<string, unknown>) => {
  const known = Object.values(Model.names());
  return Object.keys(params).filter((name) => !known.includes(name));
};

/** Fills an SDK model and the models inside it by their published names. */
function modelOf(Model: ModelClass, params: Record<string, unknown>): object {
  const fields = Object.entries(Model.names()).flatMap(([field, name]) => {
    const value = params[name];
    return value === undefined ? [] : [[field, modelValue(Model.types()[field], value)] as const];
  });
  return new Model(Object.fromEntries(fields));
}

function modelValue(type: unknown, value: unknown): unknown {
  if (typeof type === "function" && "names" in type && typeof value === "object" && value !== null)
    return modelOf(type as unknown as ModelClass, value as Record<string, unknown>);
  const item = (type as { itemType?: unknown } | undefined)?.itemType;
  return Array.isArray(value) ? value.map((one) => modelValue(item, one)) : value;
}

/** Without what the SDK adds for fields that are not there. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The generic client knows no structured parameters: they are flattened for it, or written as JSON where published so. */
function popCore(url: string, method: string): Caller {
  const client = new RPCClient({
    accessKeyId: LOCAL_ACCESS_KEY_ID,
    accessKeySecret: LOCAL_ACCESS_KEY_SECRET,
    endpoint: url,
    apiVersion: "2019-01-01",
  });
  return async (action, params = {}) =>
    (await client.request(action, flattened(params), { method }).catch(refused)) as Answer;
}

const asJson = ["CompositeExpression", "Prometheus"];

function flattened(params: Record<string, unknown>): Record<string, string> {
  const flat: Record<string, string> = {};
  const add = (name: string, value: unknown): void => {
    if (asJson.includes(name)) flat[name] = JSON.stringify(value);
    else if (typeof value !== "object" || value === null) flat[name] = String(value);
    else
      for (const [key, member] of Object.entries(value))
        add(`${name}.${Array.isArray(value) ? Number(key) + 1 : key}`, member);
  };
  for (const [name, value] of Object.entries(params)) add(name, value);
  return flat;
}
