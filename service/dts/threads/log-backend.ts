import type { Line } from "../../core/threads/line.ts";
import type { CommittedOffset, GroupSession, KafkaBackend } from "../../kafka/backend.ts";
import { Credentials } from "./credentials.ts";
import type { LogTopics } from "./log-topics.ts";
import { Logins } from "./logins.ts";
import type { Commit, LogThreadNeeds } from "./messages.ts";

/** A client that fetches changes its session with every answer; the main thread hears of the last state only. */
const SESSION_EVERY_MS = 100;
/** What the DTS SDK commits beside an offset: the time of the record, in seconds. */
const SECONDS = /^\d{10}$/;

interface Waiting {
  readonly commit: Commit;
  readonly settle: ((error?: Error) => void)[];
}

/** What the listener serves: the logs of this thread, with groups and their positions, which the main thread has. */
export class LogBackend implements KafkaBackend {
  readonly #topics: LogTopics;
  readonly #main: Line<LogThreadNeeds>;
  readonly #credentials = new Credentials();
  readonly #logins = new Logins();
  readonly #sessions = new Map<string, GroupSession>();
  #sessionTimer: NodeJS.Timeout | undefined;
  #waiting = new Map<string, Waiting>();
  #isCommitting = false;

  constructor(topics: LogTopics, main: Line<LogThreadNeeds>) {
    this.#topics = topics;
    this.#main = main;
  }

  async authenticate(user: string, password: string) {
    const known = () => this.#credentials.find(user, password);
    return known() ?? (await this.#logins.ask(async () => known() ?? (await this.#asked(user, password))));
  }

  forget(groupId: string): void {
    this.#credentials.forget(groupId);
  }

  topic(name: string) {
    return this.#topics.topic(name);
  }

  committed(groupId: string, topic: string): Promise<CommittedOffset | undefined> {
    return this.#main.ask("committed", { groupId, topic });
  }

  /** What comes while one write is under way is written together, and of one group only the last. */
  async commit(groupId: string, topic: string, committed: CommittedOffset): Promise<void> {
    const seconds = await this.#secondsOf(topic, committed);
    const key = `${groupId} ${topic}`;
    return new Promise((resolve, reject) => {
      const settle = (error?: Error) => (error ? reject(error) : resolve());
      const earlier = this.#waiting.get(key)?.settle ?? [];
      this.#waiting.set(key, {
        commit: { groupId, topic, ...committed, seconds },
        settle: [...earlier, settle],
      });
      void this.#write();
    });
  }

  observe(groupId: string, session: GroupSession): void {
    this.#sessions.set(groupId, session);
    this.#sessionTimer ??= setTimeout(() => {
      this.#sessionTimer = undefined;
      for (const [id, one] of this.#sessions) this.#main.tell("session", { groupId: id, session: one });
      this.#sessions.clear();
    }, SESSION_EVERY_MS);
  }

  /** Resolves when the main thread has taken what was told of the group's clients. */
  async toldSession(groupId: string): Promise<void> {
    const session = this.#sessions.get(groupId);
    if (!session) return;
    this.#sessions.delete(groupId);
    await this.#main.ask("session", { groupId, session });
  }

  close(): void {
    clearTimeout(this.#sessionTimer);
  }

  async #asked(user: string, password: string) {
    const principal = await this.#main.ask("authenticate", { user, password });
    if (principal) this.#credentials.keep(user, password, principal);
    return principal;
  }

  async #write(): Promise<void> {
    if (this.#isCommitting) return;
    this.#isCommitting = true;
    while (this.#waiting.size > 0) {
      const batch = [...this.#waiting.values()];
      this.#waiting = new Map();
      const failure = await this.#main
        .ask(
          "commit",
          batch.map((one) => one.commit),
        )
        .then(
          () => undefined,
          (error: Error) => error,
        );
      for (const { settle } of batch) for (const one of settle) one(failure);
    }
    this.#isCommitting = false;
  }

  /** Of the last record that the offset says was read. */
  async #secondsOf(topicName: string, { offset, metadata }: CommittedOffset): Promise<number | undefined> {
    if (SECONDS.test(metadata)) return Number(metadata);
    return this.#topics.secondsAt(topicName, offset - 1);
  }
}
