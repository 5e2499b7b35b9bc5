import type { GroupPlace } from "../backend.ts";
import { groupOf, topicOf } from "../resources.ts";
import { Code, foreseen, joined, OK, Refusal, type WireStatus } from "../status.ts";
import type { AckMessageRequest, AckMessageResponse } from "../wire/generated/messages.d.ts";
import type { Call, Room } from "./call.ts";

export const ackMessage: Call<AckMessageRequest, AckMessageResponse> = async (request, _caller, room) => {
  const place = { topic: topicOf(request.topic, room).name, group: groupOf(request.group, room).name };
  const { entriesPerAckMax } = room.limits;
  if (request.entries.length === 0) throw new Refusal("BAD_REQUEST", "no message is confirmed");
  if (request.entries.length > entriesPerAckMax)
    throw new Refusal("PAYLOAD_TOO_LARGE", `at most ${entriesPerAckMax} messages are confirmed at once`);
  const entries = await Promise.all(
    request.entries.map(async ({ messageId, receiptHandle }) => ({
      messageId,
      receiptHandle,
      status: await ackOne(place, receiptHandle, room),
    })),
  );
  return { status: joined(entries.map(({ status }) => status)), entries };
};

async function ackOne(place: GroupPlace, given: string, { backend, held }: Room): Promise<WireStatus> {
  try {
    const { handle } = await held.take(place, given);
    return (await backend.ack(place, handle)) ? OK : staleHandle;
  } catch (error) {
    // One that fails takes no other with it.
    return foreseen(error) ?? { code: Code.INTERNAL_SERVER_ERROR, message: "the service has failed" };
  }
}

export const staleHandle: WireStatus = {
  code: Code.INVALID_RECEIPT_HANDLE,
  message: "the handle counts no longer: the message was confirmed, or handed out anew",
};
