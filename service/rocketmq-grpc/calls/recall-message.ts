import { topicOf } from "../resources.ts";
import { OK, Refusal } from "../status.ts";
import type { RecallMessageRequest, RecallMessageResponse } from "../wire/generated/messages.d.ts";
import type { Call } from "./call.ts";

export const recallMessage: Call<RecallMessageRequest, RecallMessageResponse> = async (
  { topic, recallHandle },
  _caller,
  room,
) => {
  const { name } = topicOf(topic, room);
  if (recallHandle === "") throw new Refusal("BAD_REQUEST", "the recall handle is empty");
  const messageId = await room.backend.recall(name, recallHandle);
  if (messageId === undefined)
    throw new Refusal(
      "NOT_FOUND",
      "the message was delivered or taken back, or there was none by this handle",
    );
  return { status: OK, messageId };
};
