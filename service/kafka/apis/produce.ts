import { ERROR_CODE } from "../error-code.ts";
import { array, int16, int32, int64, nullableString, records, string } from "../wire/fields.ts";
import { api, CLOSE } from "./api.ts";

const NO_ANSWER = 0;

/**
 * Produce (0), 0-9: always refused with TOPIC_AUTHORIZATION_FAILED.
 * - It is offered because librdkafka reads record format 2 only from a broker that has Produce 3. A client that wants no
 *   answer (acks 0) learns it from the closed connection, as with Apache Kafka.
 */
export const produce = api({
  key: 0,
  name: "Produce",
  versions: "0-9",
  flexibleFrom: 9,
  request: {
    transactionalId: nullableString("3+"),
    acks: int16("0+"),
    timeoutMs: int32("0+"),
    topics: array("0+", {
      name: string("0+"),
      partitions: array("0+", { partitionIndex: int32("0+"), records: records("0+") }),
    }),
  },
  answer: {
    responses: array("0+", {
      name: string("0+"),
      partitions: array("0+", {
        partitionIndex: int32("0+"),
        errorCode: int16("0+"),
        baseOffset: int64("0+", -1),
        logAppendTimeMs: int64("2+", -1),
        logStartOffset: int64("5+", -1),
        recordErrors: array("8+", { batchIndex: int32("8+"), batchIndexErrorMessage: nullableString("8+") }),
        errorMessage: nullableString("8+"),
      }),
    }),
    throttleTimeMs: int32("1+"),
  },
  handle(_call, { acks, topics }) {
    if (acks === NO_ANSWER) return CLOSE;
    const refuse = ({ partitionIndex }: { partitionIndex: number }) => ({
      partitionIndex,
      errorCode: ERROR_CODE.topicAuthorizationFailed,
      errorMessage: "This listener is for reading only.",
    });
    return {
      responses: topics.map(({ name, partitions }) => ({ name, partitions: partitions.map(refuse) })),
    };
  },
});
