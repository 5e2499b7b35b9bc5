import { topicOf } from "../resources.ts";
import { OK, Refusal } from "../status.ts";
import { enums } from "../wire/generated/enums.ts";
import type { EndTransactionRequest, EndTransactionResponse } from "../wire/generated/messages.d.ts";
import type { Call } from "./call.ts";

const { COMMIT, ROLLBACK } = enums.TransactionResolution;

export const endTransaction: Call<EndTransactionRequest, EndTransactionResponse> = async (
  { topic, transactionId, resolution },
  _caller,
  room,
) => {
  const { name } = topicOf(topic, room);
  if (transactionId === "") throw new Refusal("INVALID_TRANSACTION_ID", "the transaction id is empty");
  // Not decided yet: it is asked for again.
  if (resolution !== COMMIT && resolution !== ROLLBACK) return { status: OK };
  const decision = resolution === COMMIT ? "COMMIT" : "ROLLBACK";
  if (!(await room.backend.endTransaction(name, transactionId, decision)))
    throw new Refusal(
      "INVALID_TRANSACTION_ID",
      `there is no such transaction in the topic ${name}, or it was decided the other way`,
    );
  return { status: OK };
};
