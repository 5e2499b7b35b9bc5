import fc from "fast-check";
import { expect, it } from "vitest";
import type { Delivery } from "../../../../service/rocketmq-grpc/backend.ts";
import { groupSpec, instanceSpec, TestBroker, topicSpec } from "./support/broker.ts";

const MAX_RETRIES = 2;
const INVISIBLE_MS = 10_000;

type Step =
  | { readonly do: "send"; readonly group: string }
  | { readonly do: "receive"; readonly count: number }
  | { readonly do: "ack" | "defer" | "give up"; readonly which: number }
  | { readonly do: "pass"; readonly ms: number }
  | { readonly do: "reopen" };

const steps = fc.array(
  fc.oneof<fc.Arbitrary<Step>[]>(
    fc.record({ do: fc.constant("send" as const), group: fc.constantFrom("a", "b", "c") }),
    fc.record({ do: fc.constant("receive" as const), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({
      do: fc.constantFrom("ack" as const, "defer" as const, "give up" as const),
      which: fc.nat(20),
    }),
    fc.record({ do: fc.constant("pass" as const), ms: fc.integer({ min: 1, max: 2 * INVISIBLE_MS }) }),
    fc.constant({ do: "reopen" as const }),
  ),
  { minLength: 5, maxLength: 40 },
);

/** What a client of the group sees, held against what it may see. */
class Watcher {
  readonly sent = new Map<string, { group: string; at: number }>();
  readonly attempts = new Map<string, number>();
  readonly done = new Set<string>();
  out: Delivery[] = [];
  #isOrdered: boolean;

  constructor(isOrdered: boolean) {
    this.#isOrdered = isOrdered;
  }

  seen(delivery: Delivery): void {
    const { messageId } = delivery.message;
    const sent = this.sent.get(messageId);
    expect(this.done.has(messageId), "nothing that was confirmed comes again").toBe(false);
    expect(delivery.attempt).toBe((this.attempts.get(messageId) ?? 0) + 1);
    expect(delivery.attempt).toBeLessThanOrEqual(MAX_RETRIES + 1);
    this.attempts.set(messageId, delivery.attempt);
    if (this.#isOrdered) {
      const earlier = [...this.sent].filter(
        ([, one]) => one.group === sent?.group && one.at < (sent?.at ?? 0),
      );
      // What is before it was confirmed, or has had all its attempts.
      for (const [id] of earlier) {
        expect(this.done.has(id) || this.attempts.get(id) === MAX_RETRIES + 1 || this.#wasGivenUp(id)).toBe(
          true,
        );
      }
    }
    this.out.push(delivery);
  }

  readonly givenUp = new Set<string>();

  #wasGivenUp(id: string): boolean {
    return this.givenUp.has(id);
  }
}

it.each([
  ["concurrent", false],
  ["ordered", true],
])(
  "[RMQ-3, RMQ-4] whatever a %s group does, nothing is lost, and each has its attempts and no more",
  async (_, isOrdered) => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const broker = await TestBroker.open(
          instanceSpec({
            topics: [topicSpec("orders", "FIFO"), topicSpec("dead")],
            groups: [
              groupSpec("workers", { isOrdered, maxRetries: MAX_RETRIES, deadLetterTopic: "dead" }),
              groupSpec("undertakers", { maxRetries: 1_000 }),
            ],
          }),
        );
        const watcher = new Watcher(isOrdered);
        for (const step of all) await take(broker, watcher, step);
        await settle(broker, watcher);
        await broker.broker.close();
      }),
      { numRuns: 25 },
    );
  },
  120_000,
);

async function take(broker: TestBroker, watcher: Watcher, step: Step): Promise<void> {
  const place = { group: "workers", topic: "orders" };
  if (step.do === "send") {
    const [receipt] = await broker.send("orders", { messageGroup: step.group });
    watcher.sent.set(receipt?.messageId ?? "", { group: step.group, at: watcher.sent.size });
  } else if (step.do === "receive") await receive(broker, watcher, step.count);
  else if (step.do === "pass") broker.pass(step.ms);
  else if (step.do === "reopen") await broker.reopen();
  else {
    const [one] = watcher.out.splice(step.which % Math.max(1, watcher.out.length), 1);
    if (!one) return;
    const { messageId } = one.message;
    if (step.do === "ack") {
      if (await broker.backend.ack(place, one.handle)) watcher.done.add(messageId);
    } else if (step.do === "defer") await broker.backend.changeInvisible(place, one.handle, 3 * INVISIBLE_MS);
    else if (await broker.backend.forwardToDeadLetters(place, one.handle)) watcher.givenUp.add(messageId);
  }
}

async function receive(broker: TestBroker, watcher: Watcher, messagesMax: number): Promise<number> {
  const deliveries = await broker.receive({ messagesMax, invisibleMs: INVISIBLE_MS });
  for (const delivery of deliveries) watcher.seen(delivery);
  return deliveries.length;
}

/** Until the group has nothing left: each message was confirmed, or is a dead letter. */
async function settle(broker: TestBroker, watcher: Watcher): Promise<void> {
  const dead = new Set<string>();
  for (let round = 0; round < 200; round += 1) {
    await receive(broker, watcher, 16);
    const letters = await broker.receive({ group: "undertakers", topic: "dead" });
    for (const { message } of letters) dead.add(message.messageId);
    const open = [...watcher.sent.keys()].filter((id) => !watcher.done.has(id) && !dead.has(id));
    if (open.length === 0) break;
    broker.pass(3 * INVISIBLE_MS + 1);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const lost = [...watcher.sent.keys()].filter((id) => !watcher.done.has(id) && !dead.has(id));
  expect(lost).toEqual([]);
}
