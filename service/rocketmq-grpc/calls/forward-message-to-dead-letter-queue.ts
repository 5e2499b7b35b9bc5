import { groupOf, topicOf } from "../resources.ts";
import { retryStepMs } from "../retry-step.ts";
import { OK } from "../status.ts";
import type {
  ForwardMessageToDeadLetterQueueRequest,
  ForwardMessageToDeadLetterQueueResponse,
} from "../wire/generated/messages.d.ts";
import { staleHandle } from "./ack-message.ts";
import type { Call } from "./call.ts";

/**
 * A push consumer of an ordered group has failed for the last time. The group decides which time that is: some clients do not
 * know its steps, and give up after the first; they get the message again after the group's next step.
 */
export const forwardMessageToDeadLetterQueue: Call<
  ForwardMessageToDeadLetterQueueRequest,
  ForwardMessageToDeadLetterQueueResponse
> = async (request, _caller, room) => {
  const group = groupOf(request.group, room);
  const place = { topic: topicOf(request.topic, room).name, group: group.name };
  const { handle, attempt = 0 } = await room.held.take(place, request.receiptHandle);
  // Clients count their own tries on, too.
  const attempts = Math.max(attempt, request.deliveryAttempt);
  const isEarly = attempts > 0 && attempts <= group.maxRetries;
  const isDone = isEarly
    ? (await room.backend.changeInvisible(place, handle, retryStepMs(group, attempts))) !== undefined
    : await room.backend.forwardToDeadLetters(place, handle);
  return { status: isDone ? OK : staleHandle };
};
