import { createHmac } from "node:crypto";
import {
  type Client,
  type ClientDuplexStream,
  credentials,
  Metadata,
  makeGenericClientConstructor,
} from "@grpc/grpc-js";
import { enums } from "../../../service/rocketmq-grpc/wire/generated/enums.ts";
import { serviceMethods } from "../../../service/rocketmq-grpc/wire/wire.ts";

/** What tests look at of any answer. */
export interface RawAnswer {
  readonly status?: { readonly code: number; readonly message: string } | null;
  readonly [field: string]: unknown;
}

export interface RawHeaders {
  readonly clientId?: string;
  readonly namespace?: string;
  readonly username?: string;
  readonly password?: string;
  readonly authorization?: string;
  readonly dateTime?: string;
}

const CODES = new Map<number, string>(Object.entries(enums.Code).map(([name, code]) => [code, name]));

/** The name of the code that an answer has. */
export function codeOf(answer: RawAnswer | undefined): string | undefined {
  return CODES.get(answer?.status?.code ?? -1);
}

/** Sends what no official client would. */
export class RawClient {
  readonly #client: Client;
  readonly #headers: RawHeaders;

  constructor(port: number, headers: RawHeaders = {}) {
    const Service = makeGenericClientConstructor(serviceMethods(), "");
    // A connection of its own.
    this.#client = new Service(`127.0.0.1:${port}`, credentials.createInsecure(), {
      "grpc.use_local_subchannel_pool": 1,
    });
    this.#headers = headers;
  }

  call(
    name: string,
    request: object,
    { deadlineMs = 10_000, ...headers }: RawHeaders & { deadlineMs?: number } = {},
  ): Promise<RawAnswer> {
    const { path, requestSerialize, responseDeserialize } = this.#method(name);
    return new Promise((resolve, reject) => {
      const metadata = this.#metadata(headers);
      const options = { deadline: Date.now() + deadlineMs };
      this.#client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        metadata,
        options,
        (error, answer) => (error ? reject(error) : resolve(answer as RawAnswer)),
      );
    });
  }

  /** All answers of a call that has several. */
  async stream(name: string, request: object, deadlineMs = 10_000): Promise<RawAnswer[]> {
    const { path, requestSerialize, responseDeserialize } = this.#method(name);
    const answers: RawAnswer[] = [];
    const call = this.#client.makeServerStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
      request,
      this.#metadata({}),
      {
        deadline: Date.now() + deadlineMs,
      },
    );
    for await (const answer of call) answers.push(answer as RawAnswer);
    return answers;
  }

  telemetry(headers: RawHeaders = {}): ClientDuplexStream<object, RawAnswer> {
    const { path, requestSerialize, responseDeserialize } = this.#method("Telemetry");
    return this.#client.makeBidiStreamRequest(
      path,
      requestSerialize,
      responseDeserialize as (bytes: Buffer) => RawAnswer,
      this.#metadata(headers),
    );
  }

  close(): void {
    this.#client.close();
  }

  #method(name: string) {
    const method = serviceMethods()[name];
    if (!method) throw new Error(`no call is called ${name}`);
    return method;
  }

  #metadata(more: RawHeaders): Metadata {
    const {
      clientId = "raw-1",
      namespace,
      username,
      password = "",
      authorization,
      dateTime,
    } = { ...this.#headers, ...more };
    const metadata = new Metadata();
    metadata.set("x-mq-client-id", clientId);
    const at = dateTime ?? "20261127T193000Z";
    metadata.set("x-mq-date-time", at);
    if (namespace !== undefined) metadata.set("x-mq-namespace", namespace);
    const signature = createHmac("sha1", password).update(at).digest("hex").toUpperCase();
    const signed =
      username &&
      `MQv2-HMAC-SHA1 Credential=${username}, SignedHeaders=x-mq-date-time, Signature=${signature}`;
    if (authorization ?? signed) metadata.set("authorization", authorization ?? signed ?? "");
    return metadata;
  }
}

/** Waits for the first answer of a stream, and how it ended where it did. */
export function firstOf(stream: ClientDuplexStream<object, RawAnswer>): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    stream.once("data", resolve);
    stream.once("error", reject);
    stream.once("end", () => reject(new Error("the stream has ended")));
  });
}
