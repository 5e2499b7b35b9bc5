import { request as httpRequest, type IncomingMessage } from "node:http";
import { isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { bareHost } from "../../../../contract/host.ts";

interface JsonPost {
  readonly url: URL;
  /** JSON text. */
  readonly body: string;
  readonly answerBytesMax: number;
  readonly signal: AbortSignal;
  readonly connect: (host: string, port: number) => Promise<Socket>;
}

/** Posts JSON over a connection of its own and gives the text of the answer. Rejects for every status but 2xx; follows nothing. */
export async function postJson({ url, body, answerBytesMax, signal, connect }: JsonPost): Promise<string> {
  const isTls = url.protocol === "https:";
  const host = bareHost(url.hostname);
  const plain = await connect(host, Number(url.port) || (isTls ? 443 : 80));
  const socket = isTls
    ? connectTls({ socket: plain, ...(isIP(host) === 0 ? { servername: host } : {}) })
    : plain;
  try {
    signal.throwIfAborted();
    const answer = await send(url, body, socket, signal);
    const status = answer.statusCode ?? 0;
    const text = await textOf(answer, answerBytesMax);
    // An answer whose end is that of its connection looks whole when it is cut off: no event may get lost by that.
    signal.throwIfAborted();
    if (!answer.complete) throw new Error("its answer was cut off");
    if (status < 200 || status > 299) throw new Error(`it answered with status ${status}`);
    return text;
  } finally {
    socket.destroy();
    plain.destroy();
  }
}

function send(url: URL, body: string, socket: Socket, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = {
      host: url.host,
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(body),
      connection: "close",
      ...(url.username === "" ? {} : { authorization: basic(url) }),
    };
    const request = httpRequest({
      createConnection: () => socket,
      method: "POST",
      path: `${url.pathname}${url.search}`,
      headers,
      signal,
    });
    request.once("response", resolve);
    request.on("error", reject);
    // With another protocol, or a connection that ends, there is neither an answer nor an error.
    request.once("upgrade", () => reject(new Error("it wants to speak another protocol")));
    request.once("close", () => reject(new Error("it gave no answer")));
    request.end(body);
  });
}

function basic(url: URL): string {
  const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return `Basic ${Buffer.from(login).toString("base64")}`;
}

async function textOf(answer: IncomingMessage, bytesMax: number): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of answer as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > bytesMax) throw new Error(`its answer has more than ${bytesMax} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}
