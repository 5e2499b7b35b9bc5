import { OK, Refusal } from "../status.ts";
import type {
  NotifyClientTerminationRequest,
  NotifyClientTerminationResponse,
} from "../wire/generated/messages.d.ts";
import type { Call } from "./call.ts";

export const notifyClientTermination: Call<
  NotifyClientTerminationRequest,
  NotifyClientTerminationResponse
> = (_request, { clientId }, { clients }) => {
  if (!clients.terminate(clientId))
    throw new Refusal("UNRECOGNIZED_CLIENT_TYPE", `the client ${clientId} was not connected`);
  return { status: OK };
};
