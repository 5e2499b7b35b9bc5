import { LATE_TOPIC } from "./wild-function.ts";

/** How a task's events come to its reader: all to one topic; or those that failed to a second, and some to a late third. */
export interface Ways {
  readonly topic: string;
  readonly deadLetters?: string;
}

/** Judges the messages of one task, line by line. */
export class Arrivals {
  readonly #ways: Ways;
  /** Of each order, its steps by the topic in which they are, each once, as they came first. */
  readonly #first = new Map<string, Map<number, number[]>>();
  readonly #seen = new Set<string>();
  /** Behind what changed the order later. */
  readonly #late: string[] = [];
  messages = 0;
  duplicates = 0;

  constructor(ways: Ways) {
    this.#ways = ways;
  }

  get topics(): readonly string[] {
    const { topic, deadLetters } = this.#ways;
    return deadLetters === undefined ? [topic] : [topic, deadLetters, LATE_TOPIC];
  }

  /** So many different changes have come to this topic. */
  countOf(topic: string): number {
    return [...(this.#first.get(topic)?.values() ?? [])].reduce((sum, { length }) => sum + length, 0);
  }

  take(topic: string, body: string): void {
    const { id, step } = orderOf(body);
    this.messages += 1;
    const name = `${topic} ${id} ${step}`;
    if (this.#seen.has(name)) {
      this.duplicates += 1;
      return;
    }
    this.#seen.add(name);
    const ofTopic = this.#first.get(topic) ?? new Map<number, number[]>();
    this.#first.set(topic, ofTopic);
    const steps = ofTopic.get(id) ?? [];
    ofTopic.set(id, steps);
    // What comes again may.
    const last = steps.at(-1) ?? 0;
    if (topic === this.#ways.topic && step < last) this.#isLate(`${id} ${step}`, last);
    steps.push(step);
  }

  get late(): number {
    return this.#late.length;
  }

  /** Only what had failed before, and is a dead letter therefore, may come late: with what was sent again after a crash. */
  #isLate(change: string, last: number): void {
    if (this.#ways.deadLetters === undefined)
      throw new Error(`${this.#ways.topic}: ${change} came behind step ${last}`);
    this.#late.push(change);
  }

  /** Changes that should have come and did not, and those that came and should not; a text each. */
  differences(wanted: ReadonlyMap<number, readonly number[]>): string[] {
    const came = new Set(this.topics.flatMap((topic) => [...this.#came(topic)]));
    const due = new Set([...wanted].flatMap(([id, steps]) => steps.map((step) => `${id} ${step}`)));
    const { topic, deadLetters = "" } = this.#ways;
    const letters = new Set(this.#came(deadLetters));
    return [
      ...this.#late.filter((one) => !letters.has(one)).map((one) => `${topic}: out of order: ${one}`),
      ...[...due].filter((one) => !came.has(one)).map((one) => `${topic}: lost: ${one}`),
      ...[...came].filter((one) => !due.has(one)).map((one) => `${topic}: never committed: ${one}`),
    ];
  }

  *#came(topic: string): Generator<string> {
    for (const [id, steps] of this.#first.get(topic) ?? []) for (const step of steps) yield `${id} ${step}`;
  }
}

function orderOf(body: string): { id: number; step: number } {
  const { id, step } = JSON.parse(body)?.data?.afterImage?.row ?? {};
  if (!Number.isInteger(id) || !Number.isInteger(step)) throw new Error(`no event: ${body.slice(0, 500)}`);
  return { id, step };
}
