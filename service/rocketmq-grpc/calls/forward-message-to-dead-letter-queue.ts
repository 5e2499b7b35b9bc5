import { groupOf, topicOf } from "../resources.ts";
import { OK } from "../status.ts";
import type {
  ForwardMessageToDeadLetterQueueRequest,
  ForwardMessageToDeadLetterQueueResponse,
} from "../wire/generated/messages.d.ts";
import { staleHandle } from "./ack-message.ts";
import type { Call } from "./call.ts";

/** A push consumer of an ordered group has failed as often as the group allows. */
export const forwardMessageToDeadLetterQueue: Call<
  ForwardMessageToDeadLetterQueueRequest,
  ForwardMessageToDeadLetterQueueResponse
> = async (request, _caller, room) => {
  const place = { topic: topicOf(request.topic, room).name, group: groupOf(request.group, room).name };
  const { handle } = await room.held.take(request.receiptHandle);
  return { status: (await room.backend.forwardToDeadLetters(place, handle)) ? OK : staleHandle };
};
