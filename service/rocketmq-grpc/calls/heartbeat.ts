import { groupOf } from "../resources.ts";
import { OK, Refusal } from "../status.ts";
import type { HeartbeatRequest, HeartbeatResponse } from "../wire/generated/messages.d.ts";
import type { Call } from "./call.ts";

/** That the client is heard of is noted with every call. */
export const heartbeat: Call<HeartbeatRequest, HeartbeatResponse> = (request, { clientId }, room) => {
  const client = room.clients.find(clientId);
  if (!client)
    throw new Refusal(
      "UNRECOGNIZED_CLIENT_TYPE",
      `the client ${clientId} has not told its settings: it has to open a telemetry stream`,
    );
  if (client.kind !== "PRODUCER") groupOf(request.group, room);
  return { status: OK };
};
