import { groupOf, topicOf } from "../resources.ts";
import { OK } from "../status.ts";
import type { QueryAssignmentRequest, QueryAssignmentResponse } from "../wire/generated/messages.d.ts";
import type { Call } from "./call.ts";
import { brokerOf, QUEUES, queueOf } from "./query-route.ts";

/** Stands for all queues. */
const ANY_QUEUE = -1;

/** Every client of a group may ask every queue: who gets which message is decided when it is handed out. */
export const queryAssignment: Call<QueryAssignmentRequest, QueryAssignmentResponse> = (
  request,
  caller,
  room,
) => {
  topicOf(request.topic, room);
  const { isOrdered } = groupOf(request.group, room);
  const broker = brokerOf(request.endpoints, caller, room);
  const ids = isOrdered ? Array.from({ length: QUEUES }, (_, id) => id) : [ANY_QUEUE];
  return {
    status: OK,
    assignments: ids.map((id) => ({ messageQueue: queueOf(request.topic, id, broker) })),
  };
};
