import type { MessagingGroup } from "../backend.ts";
import { groupOf, topicOf } from "../resources.ts";
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
  const place = { topic: topicOf(request.topic, room).name, group: groupOf(request.group, room).name };
  const wishedMs = request.invisibleDuration ? msOf(request.invisibleDuration) : 0;
  const { invisibleMsMax } = room.limits;
  if (wishedMs < 0 || wishedMs > invisibleMsMax)
    throw new Refusal("ILLEGAL_INVISIBLE_TIME", `a message is hidden for 0 to ${invisibleMsMax} ms`);
  const { handle, attempt } = await room.held.take(request.receiptHandle);
  const isPush = attempt !== undefined || room.clients.find(caller.clientId)?.kind === "PUSH_CONSUMER";
  const leastMs = isPush ? retryStepMs(groupOf(request.group, room), attempt) : 0;
  const next = await room.backend.changeInvisible(place, handle, Math.max(wishedMs, leastMs));
  if (next === undefined) return { status: staleHandle };
  return { status: OK, receiptHandle: next };
};

/** The group decides when a push consumer gets a message again (RMQ-5): some clients do not know its steps, and ask for none. */
function retryStepMs({ retryMs }: MessagingGroup, attempt = 1): number {
  return retryMs[Math.min(attempt, retryMs.length) - 1] ?? 0;
}
