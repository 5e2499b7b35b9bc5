import { onTestFinished } from "vitest";
import type { KafkaLimits } from "../../../service/kafka/limits.ts";
import { type KafkaListener, startKafkaListener } from "../../../service/kafka/listener.ts";
import { type MemoryBackend, type MemoryTopic, oneGroup } from "./memory-backend.ts";

export interface TestListener {
  readonly listener: KafkaListener;
  readonly backend: MemoryBackend;
  readonly topic: MemoryTopic;
  /** `event` and reason of each line of the log, as JSON. */
  readonly lines: string[];
  readonly brokers: string;
}

/** A listener over memory that ends with the test. */
export async function listenerForTest(limits: Partial<KafkaLimits> = {}): Promise<TestListener> {
  const { backend, topic } = oneGroup();
  const lines: string[] = [];
  const listener = await startKafkaListener({
    backend,
    clusterId: "cluster-1",
    limits,
    log: (level, event, fields) => void lines.push(JSON.stringify({ level, event, ...fields })),
  });
  onTestFinished(() => listener.close());
  return { listener, backend, topic, lines, brokers: `127.0.0.1:${listener.port}` };
}
