import { createRequire } from "node:module";

// The clients are CommonJS with a default export that Node and bundlers see differently.
const require = createRequire(import.meta.url);
const openapi = require("@alicloud/openapi-client");
const core = require("@alicloud/openapi-core");
const { RuntimeOptions } = require("@alicloud/tea-util");
const { RuntimeOptions: CoreRuntimeOptions } = require("@darabonba/typescript");
const pop = require("@alicloud/pop-core");

/** What a test gets back: the answer's body, or the code with which the client rejected. */
export interface Outcome {
  readonly body?: Record<string, unknown>;
  readonly code?: string;
  readonly message?: string;
  readonly httpStatus?: number;
  readonly retryAfter?: number;
  readonly errorName?: string;
}

export interface Target {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

export interface RpcCall {
  readonly version: string;
  readonly action: string;
  readonly query?: Record<string, string>;
  readonly body?: Record<string, unknown>;
}

export interface RoaCall {
  readonly version: string;
  readonly method: string;
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly body?: Record<string, unknown>;
}

export interface Client {
  rpc(target: Target, call: RpcCall): Promise<Outcome>;
  roa(target: Target, call: RoaCall): Promise<Outcome>;
}

/** openapi-client and openapi-core take the same settings; both sign by V3, or by V1 in their v2 mode. */
function generated(library: "openapi-client" | "openapi-core", signatureAlgorithm?: string): Client {
  const kit = library === "openapi-client" ? openapi : core.$OpenApiUtil;
  const Api = library === "openapi-client" ? openapi.default : core.default;
  const runtime = library === "openapi-client" ? new RuntimeOptions({}) : new CoreRuntimeOptions({});
  const call = async (target: Target, params: object, request: object): Promise<Outcome> => {
    const { endpoint, ...keys } = target;
    const config = new kit.Config({ ...keys, endpoint, protocol: "http", signatureAlgorithm });
    const all = new kit.Params({ protocol: "HTTP", authType: "AK", bodyType: "json", ...params });
    try {
      const answer = await new Api(config).callApi(all, new kit.OpenApiRequest(request), runtime);
      return { body: answer.body };
    } catch (error) {
      return outcomeOf(error);
    }
  };
  return {
    rpc: (target, { version, action, query = {}, body = {} }) =>
      call(
        target,
        { action, version, pathname: "/", method: "POST", style: "RPC", reqBodyType: "formData" },
        { query, body: Object.keys(body).length > 0 ? flattened(body) : undefined },
      ),
    roa: (target, { version, method, path, query = {}, body }) =>
      call(
        target,
        { action: "Whatever", version, pathname: path, method, style: "ROA", reqBodyType: "json" },
        { query, body },
      ),
  };
}

function flattened(body: Record<string, unknown>): Record<string, unknown> {
  const { default: Util } = require("@alicloud/openapi-util");
  return Util.query(body);
}

function popCore(rpcMethod: "GET" | "POST"): Client {
  return {
    async rpc({ endpoint, ...keys }, { version, action, query, body }) {
      const client = new pop.RPCClient({ ...keys, endpoint: `http://${endpoint}`, apiVersion: version });
      try {
        return { body: await client.request(action, { ...query, ...body }, { method: rpcMethod }) };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    async roa({ endpoint, ...keys }, { version, method, path, query = {}, body }) {
      const client = new pop.ROAClient({ ...keys, endpoint: `http://${endpoint}`, apiVersion: version });
      const headers = { "content-type": "application/json" };
      try {
        return { body: await client.request(method, path, query, body ? JSON.stringify(body) : "", headers) };
      } catch (error) {
        return outcomeOf(error);
      }
    },
  };
}

function outcomeOf(error: unknown): Outcome {
  const { code, message, statusCode, data, result, retryAfter, name } = error as Record<string, never>;
  return {
    code,
    message,
    httpStatus: statusCode ?? (data as Record<string, never> | undefined)?.httpCode ?? (result as never),
    retryAfter,
    errorName: name,
  };
}

export const clients: Readonly<Record<string, Client>> = {
  "openapi-client V3": generated("openapi-client"),
  "openapi-client V1": generated("openapi-client", "v2"),
  "openapi-core V3": generated("openapi-core"),
  "openapi-core V1": generated("openapi-core", "v2"),
  "pop-core GET": popCore("GET"),
  "pop-core POST": popCore("POST"),
};
