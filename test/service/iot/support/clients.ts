import { createRequire } from "node:module";
import { expect } from "vitest";
import { IOT_ACTIONS } from "../../../../contract/iot/index.ts";
import { LOCAL_ACCESS_KEY_ID, LOCAL_ACCESS_KEY_SECRET } from "../../../../contract/local.ts";
import { misfits } from "../../../support/misfits.ts";
import { shapesOf } from "../../../support/shapes.ts";
import { longNumbers } from "../../core/support/long-numbers.ts";

// The clients are CommonJS with a default export that Node and bundlers see differently.
const require = createRequire(import.meta.url);
const sdk = require("@alicloud/iot20180120");
const { Config } = require("@alicloud/openapi-client");
const { RPCClient } = require("@alicloud/pop-core");

const shapes = shapesOf(IOT_ACTIONS);

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
    const shape = shapes[action] ?? {};
    expect(misfits(answer, shape), action).toEqual([]);
    expect(answer.RequestId, action).toMatch(/^[0-9A-F-]{36}$/);
    if ("Success" in shape && answer.Success !== true) {
      throw new Refused(String(answer.Code), String(answer.ErrorMessage), answer);
    }
    expect(answer, action).not.toHaveProperty("Code");
    return answer;
  };
}

/** The typed SDK: one method and one request class an action. */
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
    const known = Object.values(Request.names()) as string[];
    expect(
      Object.keys(params).filter((name) => !known.includes(name)),
      `${action} of the SDK`,
    ).toEqual([]);
    const request = new Request(
      Object.fromEntries(Object.entries(params).map(([name, value]) => [lowerFirst(name), value])),
    );
    const answer = await client[lowerFirst(action)](request);
    return answer.body.toMap() as Answer;
  };
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The generic client throws on any Code; the answer is then in the error. */
function popCore(url: string, method: string): Caller {
  const client = new RPCClient({
    accessKeyId: LOCAL_ACCESS_KEY_ID,
    accessKeySecret: LOCAL_ACCESS_KEY_SECRET,
    endpoint: url,
    apiVersion: "2018-01-20",
  });
  return async (action, params = {}) => {
    try {
      return longNumbers((await client.request(action, params, { method })) as Answer, "CreateUserId");
    } catch (error) {
      const { data } = error as { data?: Answer };
      if (data?.Success === false && String(data.Code).startsWith("iot.")) return data;
      throw error;
    }
  };
}
