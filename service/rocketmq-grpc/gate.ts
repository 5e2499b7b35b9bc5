import {
  type Metadata as GrpcMetadata,
  Metadata,
  ServerInterceptingCall,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
  status,
} from "@grpc/grpc-js";
import { authenticate, headerOf } from "./auth.ts";
import type { Caller, Room } from "./calls/call.ts";
import { Reading } from "./reading.ts";
import { Code, foreseen, Refusal, type WireStatus } from "./status.ts";

const ID_CHARS_MAX = 256;
const WORD_CHARS_MAX = 128;

/** Callers that were let in, by the headers of their call. */
export type Callers = WeakMap<GrpcMetadata, Caller>;

/** Lets callers in by their headers, before anything else of a call is read. */
export function gate(room: Room, callers: Callers): ServerInterceptor {
  const reading = new Reading(room.limits);
  return ({ path }, call) => {
    if (!path.endsWith("/SendMessage")) boundSize(call, room.limits.smallRequestBytesMax);
    let isOver = false;
    let readEnded = () => {};
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata(metadata, pass) {
            admit(metadata, call, room).then(
              async (caller) => {
                callers.set(metadata, caller);
                const ended = await readTurn(reading, caller, room);
                if (isOver) return ended();
                readEnded = ended;
                pass(metadata);
              },
              (error) => refuse(call, statusOf(error, room)),
            );
          },
          onReceiveMessage(message, pass) {
            readEnded();
            pass(message);
          },
          onReceiveHalfClose(pass) {
            readEnded();
            pass();
          },
          onCancel() {
            isOver = true;
            readEnded();
          },
        }),
    });
  };
}

/** Returns what says that the request is whole, or will never be. One that takes too long takes its connection with it. */
async function readTurn(reading: Reading, { address }: Caller, { limits, drop }: Room): Promise<() => void> {
  const leave = await reading.enter(address.slice(0, address.lastIndexOf(":")));
  const late = setTimeout(
    () => drop(address, `a request took more than ${limits.readMsMax} ms`),
    limits.readMsMax,
  );
  return () => {
    clearTimeout(late);
    leave();
  };
}

/** The library has one bound for all calls; its decoder has one for each, which is set here. */
function boundSize(call: ServerInterceptingCallInterface, bytesMax: number): void {
  const { decoder } = call as { readonly decoder?: { maxReadMessageLength: number } };
  if (decoder) decoder.maxReadMessageLength = bytesMax;
}

async function admit(
  metadata: GrpcMetadata,
  call: ServerInterceptingCallInterface,
  room: Room,
): Promise<Caller> {
  const clientId = headerOf(metadata, "x-mq-client-id");
  if (clientId.trim() === "" || clientId.length > ID_CHARS_MAX)
    throw new Refusal("CLIENT_ID_REQUIRED", `the header x-mq-client-id has 1 to ${ID_CHARS_MAX} characters`);
  await authenticate(metadata, room.backend);
  const namespace = headerOf(metadata, "x-mq-namespace");
  if (namespace !== "" && namespace !== room.namespace)
    throw new Refusal(
      "FORBIDDEN",
      `the client names another namespace: give it ${room.namespace}, the instance's id, or none`,
    );
  const address = plainAddress(call.getPeer());
  room.clients.heard(clientId);
  room.called(address);
  const { localAddress = "127.0.0.1", localPort = 0 } = call.getConnectionInfo();
  return {
    clientId,
    address,
    reached: { host: plainAddress(localAddress), port: localPort },
    language: headerOf(metadata, "x-mq-language").slice(0, WORD_CHARS_MAX),
    version: headerOf(metadata, "x-mq-client-version").slice(0, WORD_CHARS_MAX),
    check: () => authenticate(metadata, room.backend),
  };
}

/** An IPv4 address as it is written everywhere else. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:/, "");
}

/** What is no answer is a fault of ours: the log has it, the client learns that there is one. */
export function statusOf(error: unknown, { log }: Pick<Room, "log">): WireStatus {
  const known = foreseen(error);
  if (known) return known;
  log("warn", "messages.call-failed", { reason: error instanceof Error ? error.stack : String(error) });
  return { code: Code.INTERNAL_SERVER_ERROR, message: "the service has failed: its log says why" };
}

/** Every published answer has its status in the same place. */
function refuse(call: ServerInterceptingCallInterface, refused: WireStatus): void {
  call.sendMetadata(new Metadata());
  call.sendMessage({ status: refused }, () => call.sendStatus({ code: status.OK, details: "OK" }));
}
