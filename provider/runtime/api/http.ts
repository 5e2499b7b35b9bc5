import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import type { Endpoint, Environment } from "../host/settings.ts";

/** Longest answer that is read; a page of a list is far below. */
const ANSWER_BYTES_MAX = 32 * 1024 * 1024;

export interface HttpRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** A failed exchange: `isConnected` false means that nothing of the request was sent. */
export class ExchangeError extends Error {
  readonly isConnected: boolean;

  constructor(cause: unknown, isConnected: boolean) {
    super("the exchange failed", { cause });
    this.name = "ExchangeError";
    this.isConnected = isConnected;
  }
}

export class TimedOut extends Error {}

export type Agents = (endpoint: Endpoint) => HttpAgent;

/**
 * Connections that are kept, one pool for each way out. HTTPS_PROXY, HTTP_PROXY and NO_PROXY count in both cases of
 * letters, as Node reads them, but never for an address of this machine.
 */
export function keptAgents(environment: Environment): Agents {
  const agents = new Map<string, HttpAgent>();
  return ({ protocol, isLoopback }) => {
    const key = `${protocol} ${isLoopback}`;
    const known = agents.get(key);
    if (known !== undefined) return known;
    const proxyEnv = isLoopback ? {} : { proxyEnv: environment as NodeJS.ProcessEnv };
    const options = { keepAlive: true, ...proxyEnv };
    const made = protocol === "https" ? new HttpsAgent(options) : new HttpAgent(options);
    agents.set(key, made);
    return made;
  };
}

/** One request and its whole answer. Throws ExchangeError and nothing else. */
export function exchange(endpoint: Endpoint, agents: Agents, request: HttpRequest): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    let isConnected = false;
    const fail = (error: unknown) => {
      clearTimeout(timer);
      reject(new ExchangeError(error, isConnected));
    };
    const send = endpoint.protocol === "https" ? httpsRequest : httpRequest;
    const url = `${endpoint.address}${request.target}`;
    let timer: NodeJS.Timeout | undefined;
    try {
      const { method, headers } = request;
      const sent = send(url, { method, headers, agent: agents(endpoint) }, (answer) => {
        readAnswer(answer).then((read) => {
          clearTimeout(timer);
          resolve(read);
        }, fail);
      });
      timer = setTimeout(() => sent.destroy(new TimedOut()), request.timeoutMs);
      sent.once("socket", (socket) => whenConnected(socket, endpoint, () => (isConnected = true)));
      sent.once("error", fail);
      sent.end(request.body);
    } catch (error) {
      fail(error);
    }
  });
}

/** A kept or tunnelled connection is there already. */
function whenConnected(socket: Socket, endpoint: Endpoint, then: () => void): void {
  const isSecuring = "secureConnecting" in socket && socket.secureConnecting === true;
  if (!socket.connecting && !isSecuring) then();
  else socket.once(endpoint.protocol === "https" ? "secureConnect" : "connect", then);
}

async function readAnswer(answer: IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > ANSWER_BYTES_MAX) throw new Error("the answer is too long");
    chunks.push(chunk);
  }
  return {
    status: answer.statusCode ?? 0,
    contentType: answer.headers["content-type"] ?? "",
    body: Buffer.concat(chunks).toString("utf8"),
  };
}
