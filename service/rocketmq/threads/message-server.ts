import { type Line, openLine, type Port } from "../../core/threads/line.ts";
import { Broker, type BrokerParts } from "../broker/broker.ts";
import { Listeners, type StartListener } from "./listeners.ts";
import type {
  InstancePlace,
  ListenerSettings,
  MessageThreadCalls,
  MessageThreadNeeds,
  ServedInstance,
} from "./messages.ts";
import { openSenderLine } from "./sender-line.ts";

/** Figures change with every message; the main thread hears of them so often. */
const FIGURES_EVERY_MS = 200;

type Storage = Pick<BrokerParts, "clock" | "logs" | "state" | "held">;

interface MessageServerParts {
  /** Rejects where it cannot be read. */
  readonly openStorage: () => Promise<Storage>;
  readonly listener: ListenerSettings;
  readonly startListener: StartListener;
}

interface Started extends Storage {
  readonly broker: Broker;
  readonly listeners: Listeners;
}

/** Does what the main thread asks of the message thread, over `port`. */
export function serveMessages(port: Port, parts: MessageServerParts): void {
  let started: Promise<Started> | undefined;
  const use = () => started ?? Promise.reject(new Error("the message thread was not started"));

  const main: Line<MessageThreadNeeds> = openLine<MessageThreadNeeds, MessageThreadCalls>(port, {
    async start({ instances }) {
      started ??= begin(parts, main, instances);
      const running = await started;
      const places = instances.map(
        async (served) => [served.spec.instanceId, await listen(running, served)] as const,
      );
      return Object.fromEntries(await Promise.all(places));
    },
    async serve(served) {
      const running = await use();
      await running.broker.serve(served.spec);
      return await listen(running, served);
    },
    async leave({ instanceId }) {
      const { broker, listeners } = await use();
      await listeners.close(instanceId);
      await broker.leave(instanceId);
    },
    async reset({ instanceId, group, topic, toMs }) {
      const { broker } = await use();
      await broker.instance(instanceId)?.reset({ group, topic }, toMs);
    },
    async connect({ port: end }) {
      const { broker, clock } = await use();
      openSenderLine(
        end,
        (instanceId) => broker.instance(instanceId),
        () => clock.now(),
      );
    },
    async stop() {
      const { broker, listeners } = await use();
      await listeners.closeAll();
      await broker.close();
    },
  });
}

async function begin(
  { openStorage, listener, startListener }: MessageServerParts,
  main: Line<MessageThreadNeeds>,
  instances: readonly ServedInstance[],
): Promise<Started> {
  const storage = await openStorage();
  const figures = new FiguresTeller(main, (instanceId) => broker.figures(instanceId));
  const broker = new Broker({
    ...storage,
    makeGroup: (instanceId, group) => main.ask("makeGroup", { instanceId, group }),
    changed: (instanceId, isUrgent) => figures.changed(instanceId, isUrgent),
    note: (level, event, fields) => main.tell("note", { level, event, fields }),
  });
  const listeners = new Listeners({
    settings: listener,
    start: startListener,
    note: (note) => main.tell("note", note),
    changed: (instanceId, place) => main.tell("place", { instanceId, place }),
  });
  try {
    await broker.begin(instances.map(({ spec }) => spec));
  } catch (error) {
    await broker.close().catch(() => undefined);
    throw error;
  }
  for (const { spec, port } of instances) {
    const backend = broker.instance(spec.instanceId);
    if (backend) listeners.reserve(spec.instanceId, backend, port);
  }
  return { ...storage, broker, listeners };
}

async function listen(
  { broker, listeners }: Started,
  { spec, port }: ServedInstance,
): Promise<InstancePlace> {
  const backend = broker.instance(spec.instanceId);
  if (!backend) return { failure: "the instance is deleted" };
  return await listeners.open(spec.instanceId, backend, port);
}

/** Tells the main thread how instances do, not more often than it has use for. */
class FiguresTeller {
  readonly #main: Line<MessageThreadNeeds>;
  readonly #figuresOf: Broker["figures"];
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #isTelling = false;

  constructor(main: Line<MessageThreadNeeds>, figuresOf: Broker["figures"]) {
    this.#main = main;
    this.#figuresOf = figuresOf;
  }

  changed(instanceId: string, isUrgent: boolean): void {
    this.#changed.add(instanceId);
    if (isUrgent && !this.#isTelling) void this.#tell();
    else this.#arm();
  }

  #arm(): void {
    if (this.#isTelling) return;
    this.#timer ??= setTimeout(() => void this.#tell(), FIGURES_EVERY_MS);
  }

  async #tell(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isTelling = true;
    const instanceIds = [...this.#changed];
    this.#changed.clear();
    for (const instanceId of instanceIds) {
      // What cannot be read now is told with the next change.
      const figures = await this.#figuresOf(instanceId).catch(() => undefined);
      if (figures) this.#main.tell("figures", figures);
    }
    this.#isTelling = false;
    if (this.#changed.size > 0) this.#arm();
  }
}
