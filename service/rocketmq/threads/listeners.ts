import type { MessagingBackend } from "../../rocketmq-grpc/backend.ts";
import type { InstancePlace, ListenerSettings, ThreadNote } from "./messages.ts";

/** Ports that are tried for an instance that had none. */
const PORTS_TRIED_MAX = 200;
const RETRY_MS = 5_000;
const PORT_MAX = 65_535;

interface RunningListener {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

interface ListenerWish {
  readonly host: string;
  readonly port: number;
  readonly advertised: { readonly host: string; readonly port: number } | undefined;
  readonly namespace: string;
  readonly backend: MessagingBackend;
  readonly log: (
    level: ThreadNote["level"],
    event: string,
    fields: Readonly<Record<string, string | number | undefined>>,
  ) => void;
}

/** Rejects where the port is not free. */
export type StartListener = (wish: ListenerWish) => Promise<RunningListener>;

interface ListenersParts {
  readonly settings: ListenerSettings;
  readonly start: StartListener;
  readonly note: (note: ThreadNote) => void;
  /** A listener that could not be started has been, or the reason has changed. */
  readonly changed: (instanceId: string, place: InstancePlace) => void;
}

interface One {
  readonly instanceId: string;
  readonly backend: MessagingBackend;
  /** The port that it had before. */
  port: number | undefined;
  listener?: RunningListener;
  place?: InstancePlace;
  timer?: NodeJS.Timeout;
}

/** One listener for each instance; an instance keeps its port. */
export class Listeners {
  readonly #parts: ListenersParts;
  readonly #all = new Map<string, One>();
  /** One start at a time: two must not try the same ports. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: ListenersParts) {
    this.#parts = parts;
  }

  /** Where it listens; at once where it does already. One that cannot be started is tried again by itself. */
  async open(
    instanceId: string,
    backend: MessagingBackend,
    port: number | undefined,
  ): Promise<InstancePlace> {
    const known = this.#all.get(instanceId);
    if (known?.place) return known.place;
    const one: One = known ?? { instanceId, backend, port };
    this.#all.set(instanceId, one);
    return await this.#next(() => this.#start(one));
  }

  /** Ports that instances had before are not given to others. */
  reserve(instanceId: string, backend: MessagingBackend, port: number | undefined): void {
    if (!this.#all.has(instanceId)) this.#all.set(instanceId, { instanceId, backend, port });
  }

  async close(instanceId: string): Promise<void> {
    const one = this.#all.get(instanceId);
    if (!one) return;
    this.#all.delete(instanceId);
    clearTimeout(one.timer);
    // Behind a start that may be under way, but beside other ends: each may wait for its clients.
    await this.#last;
    await one.listener?.close();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#all.keys()].map((instanceId) => this.close(instanceId)));
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #start(one: One): Promise<InstancePlace> {
    if (this.#all.get(one.instanceId) !== one) return { failure: "the instance is deleted" };
    if (one.listener && one.place) return one.place;
    let failure = "no port is free";
    for (const port of this.#ports(one)) {
      try {
        one.listener = await this.#listen(one, port);
        one.port = one.listener.port;
        one.place = { host: one.listener.host, port: one.listener.port };
        this.#parts.note({
          level: "info",
          event: "rocketmq.listening",
          fields: { instanceId: one.instanceId, ...one.place },
        });
        return one.place;
      } catch (error) {
        failure = (error as Error).message;
      }
    }
    one.place = { failure };
    one.timer = setTimeout(() => void this.#again(one), RETRY_MS);
    one.timer.unref();
    return one.place;
  }

  async #again(one: One): Promise<void> {
    const before = JSON.stringify(one.place);
    const place = await this.#next(() => this.#start(one));
    const isThere = this.#all.get(one.instanceId) === one;
    if (isThere && JSON.stringify(place) !== before) this.#parts.changed(one.instanceId, place);
  }

  /** The port that it had; for one that had none the first free ones from the settings' on. */
  *#ports({ port }: One): Generator<number> {
    const { firstPort } = this.#parts.settings;
    if (port !== undefined) yield port;
    // Where the settings name none, any other is as good; else clients look for it at the one that it had.
    if (firstPort === 0) yield 0;
    if (port !== undefined || firstPort === 0) return;
    const taken = new Set([...this.#all.values()].map((one) => one.port));
    const lastPort = Math.min(firstPort + PORTS_TRIED_MAX - 1, PORT_MAX);
    for (let next = firstPort; next <= lastPort; next += 1) if (!taken.has(next)) yield next;
  }

  #listen({ instanceId, backend }: One, port: number): Promise<RunningListener> {
    const { settings, start, note } = this.#parts;
    const { advertised, firstPort } = settings;
    return start({
      host: settings.host,
      port,
      advertised: advertised && { host: advertised.host, port: advertised.port + (port - firstPort) },
      namespace: instanceId,
      backend,
      log: (level, event, fields) => note({ level, event, fields: { instanceId, ...fields } }),
    });
  }
}
