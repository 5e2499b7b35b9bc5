import { type Consumer, Kafka, logLevel } from "kafkajs";
import { type ChangeRecord, decodeRecord } from "../../../records/index.ts";

export interface TestGroup {
  readonly broker: string;
  readonly topic: string;
  readonly groupId: string;
  readonly account: string;
  readonly password: string;
}

export interface RunningConsumer {
  /** All but heartbeats, in the order in which they were read. */
  readonly records: readonly ChangeRecord[];
  /** Of INSERT, UPDATE and DELETE: `INSERT 1`, with the value of `id` that the row has or had. */
  rows(): string[];
  stop(): Promise<void>;
}

/** Reads as a group, as an application with kafkajs does. */
export async function consume(group: TestGroup, fromBeginning = true): Promise<RunningConsumer> {
  const kafka = new Kafka({
    clientId: "test-reader",
    brokers: [group.broker],
    logLevel: logLevel.NOTHING,
    sasl: { mechanism: "plain", username: `${group.account}-${group.groupId}`, password: group.password },
    retry: { initialRetryTime: 100, retries: 20 },
  });
  const consumer: Consumer = kafka.consumer({
    groupId: group.groupId,
    sessionTimeout: 10_000,
    maxWaitTimeInMs: 100,
  });
  const records: ChangeRecord[] = [];
  await consumer.connect();
  await consumer.subscribe({ topics: [group.topic], fromBeginning });
  await consumer.run({
    autoCommitThreshold: 1,
    eachMessage: async ({ message }) => {
      const record = decodeRecord(message.value as Buffer);
      if (record.operation !== "HEARTBEAT") records.push(record);
    },
  });
  return {
    records,
    rows: () =>
      records.flatMap(({ operation, after, before }) =>
        ["INSERT", "UPDATE", "DELETE"].includes(operation) ? [`${operation} ${(after ?? before)?.id}`] : [],
      ),
    stop: () => consumer.disconnect(),
  };
}
