import { groupOf, topicOf } from "../resources.ts";
import { retryStepMs } from "../retry-step.ts";
import { OK, Refusal } from "../status.ts";
import type {
  ChangeInvisibleDurationRequest,
  ChangeInvisibleDurationResponse,
} from "../wire/generated/messages.d.ts";
import { msOf } from "../wire/times.ts";
import { staleHandle } from "./ack-message.ts";
import type { Call } from "./call.ts";

/** A simple consumer that needs longer, or a push consumer that gives a message back because it failed. */
export const changeInvisibleDuration: Call<
  ChangeInvisibleDurationRequest,
  ChangeInvisibleDurationResponse
> = async (request, caller, room) => {
  const group = groupOf(request.group, room);
  const place = { topic: topicOf(request.topic, room).name, group: group.name };
  const wishedMs = request.invisibleDuration ? msOf(request.invisibleDuration) : 0;
  const { invisibleMsMax } = room.limits;
  if (wishedMs < 0 || wishedMs > invisibleMsMax)
    throw new Refusal("ILLEGAL_INVISIBLE_TIME", `a message is hidden for 0 to ${invisibleMsMax} ms`);
  const { handle, attempt } = await room.held.take(place, request.receiptHandle);
  const isPush = attempt !== undefined || room.clients.find(caller.clientId)?.kind === "PUSH_CONSUMER";
  // The group decides when a push consumer gets a message again (RMQ-5): some clients do not know its steps, and ask for none.
  const leastMs = isPush ? retryStepMs(group, attempt ?? 1) : 0;
  const next = await room.backend.changeInvisible(place, handle, Math.max(wishedMs, leastMs));
  if (next === undefined) return { status: staleHandle };
  return { status: OK, receiptHandle: next };
};
