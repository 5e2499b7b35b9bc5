import type { Delivery, GroupPlace, ReceiveWish } from "../backend.ts";
import { groupOf, topicOf } from "../resources.ts";
import { Code, OK, Refusal } from "../status.ts";
import { enums } from "../wire/generated/enums.ts";
import type {
  FilterExpression,
  ReceiveMessageRequest,
  ReceiveMessageResponse,
} from "../wire/generated/messages.d.ts";
import { deliveredMessage } from "../wire/message.ts";
import { msOf, wireTime } from "../wire/times.ts";
import type { Draft } from "../wire/wire.ts";
import type { Caller, Room } from "./call.ts";

/** The way of several answers to one client. */
export interface Outlet {
  /** Aborted when the client has gone, its deadline has passed, or there is nothing to wait for any more. */
  readonly signal: AbortSignal;
  stopWaiting(): void;
  /** ms since the epoch, or Infinity. */
  readonly deadlineMs: number;
  /** Resolves when it is on its way; false where the client takes nothing any more. */
  write(answer: Draft<ReceiveMessageResponse>): Promise<boolean>;
}

const EXPRESSION_CHARS_MAX = 4096;
/** What did not reach its client is there for others so soon. */
const GIVEN_BACK_MS = 1_000;

/** Waits for messages, and sends a status, the messages, and when that began. Rejects like a Call. */
export async function receiveMessage(
  request: ReceiveMessageRequest,
  caller: Caller,
  room: Room,
  outlet: Outlet,
): Promise<void> {
  const wish = wishOf(request, caller, room, outlet.deadlineMs);
  room.turnstile.checkRoom();
  const deliveries = await room.turnstile.wait(caller.clientId, outlet.stopWaiting, () =>
    room.backend.receive(wish, outlet.signal),
  );
  // It may have waited long.
  await caller.check().catch(async (error: unknown) => {
    for (const { handle } of deliveries) await giveBack(wish, handle, room);
    throw error;
  });
  const bytes = deliveries.reduce((sum, { message }) => sum + message.body.length, 0);
  await room.turnstile.holding(bytes, () =>
    handOut(deliveries, wish, request.autoRenew ? caller.clientId : undefined, room, outlet),
  );
}

/** `renewedFor`: the client that has them kept hidden. */
async function handOut(
  deliveries: readonly Delivery[],
  wish: ReceiveWish,
  renewedFor: string | undefined,
  room: Room,
  outlet: Outlet,
): Promise<void> {
  const place: GroupPlace = { group: wish.group, topic: wish.topic };
  const status = deliveries.length > 0 ? OK : { code: Code.MESSAGE_NOT_FOUND, message: "no new message" };
  const startedAtMs = room.now();
  let isTaken = await outlet.write({ status });
  for (const delivery of deliveries) {
    const { handle, attempt } = delivery;
    if (isTaken && renewedFor !== undefined) room.held.add({ clientId: renewedFor, place, handle, attempt });
    isTaken &&= await outlet.write({ message: deliveredMessage(wish.topic, delivery) });
    if (!isTaken) await giveBack(place, handle, room);
  }
  if (isTaken) await outlet.write({ deliveryTimestamp: wireTime(startedAtMs) });
}

async function giveBack(place: GroupPlace, given: string, { backend, held }: Room): Promise<void> {
  const { handle } = await held.take(place, given);
  // Else it comes back when it is not hidden any more.
  await backend.changeInvisible(place, handle, GIVEN_BACK_MS).catch(() => undefined);
}

function wishOf(
  request: ReceiveMessageRequest,
  { clientId }: Caller,
  room: Room,
  deadlineMs: number,
): ReceiveWish {
  const { limits, now } = room;
  if (request.batchSize < 1) throw new Refusal("BAD_REQUEST", "a receive asks for 1 message or more");
  const leftMs = deadlineMs - now() - limits.pollReserveMs;
  if (leftMs < 0)
    throw new Refusal(
      "ILLEGAL_POLLING_TIME",
      "the deadline of the call leaves no time to wait: make it longer",
    );
  const polledMs = request.longPollingTimeout ? msOf(request.longPollingTimeout) : limits.pollMsMax;
  const isPush = request.autoRenew || room.clients.find(clientId)?.kind === "PUSH_CONSUMER";
  return {
    topic: topicOf(request.messageQueue?.topic ?? null, room).name,
    group: groupOf(request.group, room).name,
    clientId,
    filter: filterOf(request.filterExpression),
    messagesMax: Math.min(request.batchSize, limits.receiveMessagesMax),
    bytesMax: limits.receiveBytesMax,
    invisibleMs: invisibleMsOf(request, room),
    waitMsMax: Math.max(0, Math.min(polledMs, limits.pollMsMax, leftMs)),
    isPush,
  };
}

function filterOf(filter: FilterExpression | null): ReceiveWish["filter"] {
  const { FilterType } = enums;
  const expression = filter?.expression || "*";
  if (expression.length > EXPRESSION_CHARS_MAX)
    throw new Refusal(
      "ILLEGAL_FILTER_EXPRESSION",
      `a filter expression has at most ${EXPRESSION_CHARS_MAX} characters`,
    );
  return { type: filter?.type === FilterType.SQL ? "SQL92" : "TAG", expression };
}

function invisibleMsOf({ autoRenew, invisibleDuration }: ReceiveMessageRequest, { limits }: Room): number {
  if (autoRenew) return limits.renewedMs;
  const invisibleMs = invisibleDuration ? msOf(invisibleDuration) : 0;
  if (invisibleMs < limits.invisibleMsMin || invisibleMs > limits.invisibleMsMax)
    throw new Refusal(
      "ILLEGAL_INVISIBLE_TIME",
      `a message is hidden for ${limits.invisibleMsMin} to ${limits.invisibleMsMax} ms`,
    );
  return invisibleMs;
}
