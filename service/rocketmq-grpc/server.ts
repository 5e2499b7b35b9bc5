import {
  Server,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { ackMessage } from "./calls/ack-message.ts";
import type { Caller, Room } from "./calls/call.ts";
import { changeInvisibleDuration } from "./calls/change-invisible-duration.ts";
import { endTransaction } from "./calls/end-transaction.ts";
import { forwardMessageToDeadLetterQueue } from "./calls/forward-message-to-dead-letter-queue.ts";
import { heartbeat } from "./calls/heartbeat.ts";
import { notifyClientTermination } from "./calls/notify-client-termination.ts";
import { queryAssignment } from "./calls/query-assignment.ts";
import { queryRoute } from "./calls/query-route.ts";
import { recallMessage } from "./calls/recall-message.ts";
import { receiveMessage } from "./calls/receive-message.ts";
import { sendMessage } from "./calls/send-message.ts";
import { clientCommand } from "./calls/telemetry.ts";
import { notImplemented, unsupported } from "./calls/unserved.ts";
import { CommandChannel } from "./command-channel.ts";
import { type Callers, gate, statusOf } from "./gate.ts";
import { outletOf } from "./outlet.ts";
import { Refusal } from "./status.ts";
import type { ReceiveMessageRequest, TelemetryCommand } from "./wire/generated/messages.d.ts";
import { serviceMethods } from "./wire/wire.ts";

/** Whether the client of an open stream of commands would still be let in; the other calls end by themselves. */
const CHECK_EVERY_MS = 1_000;

const unaryCalls: Readonly<
  Record<string, (request: never, caller: Caller, room: Room) => object | Promise<object>>
> = {
  QueryRoute: queryRoute,
  Heartbeat: heartbeat,
  SendMessage: sendMessage,
  QueryAssignment: queryAssignment,
  AckMessage: ackMessage,
  ChangeInvisibleDuration: changeInvisibleDuration,
  ForwardMessageToDeadLetterQueue: forwardMessageToDeadLetterQueue,
  EndTransaction: endTransaction,
  RecallMessage: recallMessage,
  NotifyClientTermination: notifyClientTermination,
  UpdateOffset: notImplemented,
  GetOffset: notImplemented,
  QueryOffset: notImplemented,
  SyncLiteSubscription: unsupported,
};

/** Speaks the published service over connections that are put into it. */
export function messagingServer(room: Room): Server {
  const callers: Callers = new WeakMap();
  const { limits } = room;
  const server = new Server({
    interceptors: [gate(room, callers)],
    "grpc.max_receive_message_length": limits.requestBytesMax,
    // A message is as large as it came in, and some.
    "grpc.max_send_message_length": -1,
    "grpc.max_concurrent_streams": limits.streamsPerConnectionMax,
    "grpc.keepalive_time_ms": limits.pingEveryMs,
    "grpc.keepalive_timeout_ms": limits.pongMsMax,
    "grpc.enable_channelz": 0,
  });
  const unary = Object.entries(unaryCalls).map(([name, run]) => [
    name,
    (call: ServerUnaryCall<object, object>, answer: sendUnaryData<object>) =>
      void answered(() => run(call.request as never, callerOf(callers, call), room), room).then((value) =>
        answer(null, value),
      ),
  ]);
  const implementation: UntypedServiceImplementation = {
    ...Object.fromEntries(unary),
    PullMessage: (call: ServerWritableStream<object, object>) =>
      void answered(notImplemented, room).then((value) => {
        call.write(value);
        call.end();
      }),
    ReceiveMessage: (call: ServerWritableStream<ReceiveMessageRequest, object>) =>
      void receive(call, callerOf(callers, call), room),
    Telemetry: (call: ServerDuplexStream<TelemetryCommand, object>) =>
      void telemetry(call, callerOf(callers, call), room),
  };
  server.addService(serviceMethods(), implementation);
  return server;
}

/** The answer, or its status where it was refused. */
async function answered(run: () => object | Promise<object>, room: Room): Promise<object> {
  try {
    return await run();
  } catch (error) {
    return { status: statusOf(error, room) };
  }
}

async function receive(
  call: ServerWritableStream<ReceiveMessageRequest, object>,
  caller: Caller,
  room: Room,
): Promise<void> {
  const outlet = outletOf(call, caller, room);
  try {
    await receiveMessage(call.request, caller, room, outlet);
  } catch (error) {
    await outlet.write({ status: statusOf(error, room) });
  }
  call.end();
}

function telemetry(call: ServerDuplexStream<TelemetryCommand, object>, caller: Caller, room: Room): void {
  const channel = new CommandChannel(call, () => {
    clearInterval(checking);
    room.clients.ended(caller.clientId, channel);
  });
  const checking = setInterval(
    () => void caller.check().catch((error: unknown) => channel.fail(statusOf(error, room))),
    CHECK_EVERY_MS,
  ).unref();
  channel.onCommand((command) => {
    try {
      room.clients.heard(caller.clientId);
      clientCommand(command, caller, room, channel);
    } catch (error) {
      channel.fail(statusOf(error, room));
    }
  });
}

/** The gate has let it in. */
function callerOf(callers: Callers, call: { readonly metadata: object }): Caller {
  const caller = callers.get(call.metadata as never);
  if (!caller) throw new Refusal("INTERNAL_SERVER_ERROR", "the call has passed no gate");
  return caller;
}
