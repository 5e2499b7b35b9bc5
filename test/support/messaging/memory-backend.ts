import {
  type Delivery,
  type GroupPlace,
  type HalfMessage,
  type MessagingBackend,
  type MessagingClient,
  MessagingError,
  type MessagingGroup,
  type MessagingTopic,
  type NewMessage,
  type ReceiveWish,
  type SendReceipt,
} from "../../../service/rocketmq-grpc/backend.ts";

interface Kept {
  readonly message: NewMessage;
  readonly offset: number;
  readonly storedAtMs: number;
  isTakenBack: boolean;
  decision: "COMMIT" | "ROLLBACK" | "NONE";
}

interface InHand {
  hiddenUntilMs: number;
  handle: string;
  attempt: number;
  isDone: boolean;
}

const POLL_MS = 10;

/** Messages in memory, handed out as a messaging service does, all of a topic to each group; no retries end, nothing is durable. */
export class MemoryBackend implements MessagingBackend {
  readonly topics = new Map<string, MessagingTopic>();
  readonly groups = new Map<string, MessagingGroup>();
  readonly secrets = new Map<string, string>();
  readonly sent = new Map<string, Kept[]>();
  readonly deadLetters: NewMessage[] = [];
  readonly wishes: ReceiveWish[] = [];
  readonly hidden: { readonly handle: string; readonly invisibleMs: number }[] = [];
  present: readonly MessagingClient[] = [];
  allowsAnonymous = true;
  readonly #inHand = new Map<string, InHand>();
  #askers = new Set<(half: HalfMessage) => void>();
  #handles = 0;

  declareTopic(name: string, messageType: MessagingTopic["messageType"] = "NORMAL"): string {
    this.topics.set(name, { name, messageType });
    return name;
  }

  declareGroup(name: string, group: Partial<MessagingGroup> = {}): string {
    this.groups.set(name, { name, isOrdered: false, maxRetries: 16, retryMs: [1_000], ...group });
    return name;
  }

  async secretOf(username: string): Promise<string | undefined> {
    return this.secrets.get(username);
  }

  topic(name: string): MessagingTopic | undefined {
    return this.topics.get(name);
  }

  group(name: string): MessagingGroup | undefined {
    return this.groups.get(name);
  }

  async send(topic: string, messages: readonly NewMessage[]): Promise<readonly SendReceipt[]> {
    const kept = this.sent.get(topic) ?? [];
    this.sent.set(topic, kept);
    return messages.map((message) => {
      const offset = kept.length;
      kept.push({
        message: { ...message, body: Uint8Array.from(message.body) },
        offset,
        storedAtMs: Date.now(),
        isTakenBack: false,
        decision: message.isHalf ? "NONE" : "COMMIT",
      });
      return {
        messageId: message.messageId,
        offset,
        ...(message.isHalf && { transactionId: `transaction-${offset}` }),
        ...(message.deliverAtMs !== undefined && { recallHandle: `recall-${offset}` }),
      };
    });
  }

  async receive(wish: ReceiveWish, signal: AbortSignal): Promise<readonly Delivery[]> {
    this.wishes.push(wish);
    const matches = filterOf(wish.filter);
    const untilMs = Date.now() + wish.waitMsMax;
    for (;;) {
      const deliveries = signal.aborted ? [] : this.#take(wish, matches);
      if (deliveries.length > 0 || signal.aborted || Date.now() >= untilMs) return deliveries;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  async ack(place: GroupPlace, handle: string): Promise<boolean> {
    const found = this.#find(place, handle);
    if (found) found.isDone = true;
    return found !== undefined;
  }

  async changeInvisible(place: GroupPlace, handle: string, invisibleMs: number): Promise<string | undefined> {
    this.hidden.push({ handle, invisibleMs });
    const found = this.#find(place, handle);
    if (!found) return undefined;
    found.hiddenUntilMs = Date.now() + invisibleMs;
    found.handle = this.#newHandle();
    return found.handle;
  }

  async forwardToDeadLetters(place: GroupPlace, handle: string): Promise<boolean> {
    const offset = [...this.#inHand]
      .find(([, one]) => one.handle === handle)?.[0]
      .split(" ")
      .at(-1);
    if (!(await this.ack(place, handle))) return false;
    const kept = this.sent.get(place.topic)?.[Number(offset)];
    if (kept) this.deadLetters.push(kept.message);
    return true;
  }

  async endTransaction(
    topic: string,
    transactionId: string,
    decision: "COMMIT" | "ROLLBACK",
  ): Promise<boolean> {
    const kept = this.sent.get(topic)?.[Number(transactionId.split("-")[1])];
    if (!kept?.message.isHalf || (kept.decision !== "NONE" && kept.decision !== decision)) return false;
    kept.decision = decision;
    return true;
  }

  async recall(topic: string, recallHandle: string): Promise<string | undefined> {
    const kept = this.sent.get(topic)?.[Number(recallHandle.split("-")[1])];
    if (!kept || kept.isTakenBack || (kept.message.deliverAtMs ?? 0) <= Date.now()) return undefined;
    kept.isTakenBack = true;
    return kept.message.messageId;
  }

  clients(present: readonly MessagingClient[]): void {
    this.present = present;
  }

  onUndecided(listener: (half: HalfMessage) => void): () => void {
    this.#askers.add(listener);
    return () => void this.#askers.delete(listener);
  }

  /** Asks the producers of a topic about all that is undecided. */
  ask(topic: string): void {
    for (const { message, offset, decision } of this.sent.get(topic) ?? [])
      if (decision === "NONE")
        for (const ask of this.#askers) ask({ topic, transactionId: `transaction-${offset}`, message });
  }

  #take(wish: ReceiveWish, matches: (message: NewMessage) => boolean): Delivery[] {
    const now = Date.now();
    const taken: Delivery[] = [];
    const heldUp = new Set<string>();
    for (const kept of this.sent.get(wish.topic) ?? []) {
      const { message, offset, storedAtMs } = kept;
      const key = `${wish.group} ${wish.topic} ${offset}`;
      const before = this.#inHand.get(key);
      const isReady = kept.decision === "COMMIT" && !kept.isTakenBack && (message.deliverAtMs ?? 0) <= now;
      if (before?.isDone || !isReady || !matches(message)) continue;
      const isFree = (before?.hiddenUntilMs ?? 0) <= now && !heldUp.has(message.messageGroup ?? "");
      if (message.messageGroup !== undefined) heldUp.add(message.messageGroup);
      if (!isFree || taken.length >= wish.messagesMax) continue;
      const attempt = (before?.attempt ?? 0) + 1;
      const handle = this.#newHandle();
      this.#inHand.set(key, { hiddenUntilMs: now + wish.invisibleMs, handle, attempt, isDone: false });
      taken.push({ message, offset, storedAtMs, attempt, handle, invisibleMs: wish.invisibleMs });
    }
    return taken;
  }

  #find({ group, topic }: GroupPlace, handle: string): InHand | undefined {
    const found = [...this.#inHand].find(([, one]) => one.handle === handle);
    return found?.[0].startsWith(`${group} ${topic} `) && !found[1].isDone ? found[1] : undefined;
  }

  #newHandle(): string {
    this.#handles += 1;
    return `handle-${this.#handles}`;
  }
}

/** Tags, and of SQL92 one comparison with a string. */
function filterOf({ type, expression }: ReceiveWish["filter"]): (message: NewMessage) => boolean {
  if (type === "TAG") {
    const tags = expression.split("||").map((tag) => tag.trim());
    return ({ tag }) => tags.includes("*") || tags.includes(tag ?? "");
  }
  const [, name = "", value] = /^\s*(\w+)\s*=\s*'([^']*)'\s*$/.exec(expression) ?? [];
  if (value === undefined) throw new MessagingError("ILLEGAL_FILTER", `cannot read ${expression}`);
  return ({ properties }) => properties[name] === value;
}
