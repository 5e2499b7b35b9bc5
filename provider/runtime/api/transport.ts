import { secretsIn } from "../../../contract/secrets/index.ts";
import type { Keys } from "../host/keys.ts";
import type { Endpoint, Environment, Settings } from "../host/settings.ts";
import { answerOf } from "./answer.ts";
import { connectionFailure } from "./connection.ts";
import { credentials } from "./credentials.ts";
import { ApiError, failureInBody } from "./errors.ts";
import { type Agents, ExchangeError, exchange, keptAgents } from "./http.ts";
import type { ApiRequest } from "./request.ts";
import { signedRequest } from "./signed.ts";
import { isTlsThere } from "./tls.ts";

/** Sends one call and returns the answer's fields. Throws ApiError. Never repeats. */
export interface Transport {
  send(request: ApiRequest): Promise<Record<string, unknown>>;
}

/** The published wire over HTTP. */
export function openApiTransport(settings: Settings, environment: Environment = process.env): Transport {
  const agents = keptAgents(environment);
  const keysOf = credentials(settings);
  const answered = new Set<string>();
  return {
    send: async (request) => {
      const { action } = request;
      const endpoint = settings.endpointOf(request.product, request.region);
      try {
        const body = await sendOnce(request, endpoint, await keysOf(endpoint), agents);
        answered.add(endpoint.address);
        return body;
      } catch (error) {
        const isNew = !answered.has(endpoint.address);
        if (error instanceof ApiError && error.problem === undefined) answered.add(endpoint.address);
        if (!(error instanceof ApiError) && !(error instanceof ExchangeError)) throw error;
        const failed =
          error instanceof ApiError
            ? error.without(secretsOf(request))
            : new ApiError(action, connectionFailure(endpoint, environment, error));
        throw isNew && mayBeTls(endpoint, failed) && (await isTlsThere(endpoint))
          ? wrongProtocol(action, endpoint)
          : failed;
      }
    },
  };
}

/** Products repeat in their messages what they were given. */
function secretsOf({ parameters, body }: ApiRequest): string[] {
  return secretsIn([parameters, body]);
}

async function sendOnce(
  request: ApiRequest,
  endpoint: Endpoint,
  keys: Keys,
  agents: Agents,
): Promise<Record<string, unknown>> {
  const answer = await exchange(endpoint, agents, signedRequest(request, endpoint.host, keys));
  const body = answerOf(request.action, endpoint, answer);
  const failure = failureInBody(request.action, body);
  if (failure !== undefined) throw failure;
  return body;
}

/**
 * TLS that is asked for in clear breaks the connection, or answers with something that is no HTTP, or with status 400,
 * as web servers do.
 */
function mayBeTls(endpoint: Endpoint, error: ApiError): boolean {
  if (endpoint.protocol !== "http") return false;
  const isBroken = error.kind === "lost" && error.code !== "ETIMEDOUT";
  return isBroken || (error.problem === "NotTheService" && error.httpStatus === 400);
}

function wrongProtocol(action: string, endpoint: Endpoint): ApiError {
  const address = `https://${endpoint.host}`;
  return new ApiError(action, {
    kind: "refused",
    code: "WrongProtocol",
    problem: "WrongProtocol",
    message: `${endpoint.address} speaks https, not http: write ${address} in ${endpoint.setBy}`,
  });
}
