import type { Socket } from "node:net";
import type { ChangeReaderCalls, MessageSenderCalls } from "../../core/threads/data-lines.ts";
import { type Line, openLine, type Port } from "../../core/threads/line.ts";
import { waitReally } from "../inflow/flow/wait.ts";
import { FunctionCaller } from "../inflow/function/function-caller.ts";
import type { TaskOrder } from "../inflow/task/task-order.ts";
import { TaskRunner } from "../inflow/task/task-runner.ts";
import { LineSource } from "./line-source.ts";
import type { InflowThreadCalls, InflowThreadNeeds } from "./messages.ts";

const FIGURES_EVERY_MS = 500;
/** A disk that needs longer counts as broken. */
const SEND_MS_MAX = 60_000;
/** What the pages and batches of all tasks may take together, and that of one. */
const BYTES_ALL = 256 * 1024 * 1024;
const BYTES_MIN = 256 * 1024;
const BYTES_MAX = 1024 * 1024;

interface InflowServerParts {
  readonly connect: (host: string, port: number) => Promise<Socket>;
  readonly scale: number;
}

/** Does what the main thread asks of the inflow thread, over `port`. */
export function serveInflow(port: Port, { connect, scale }: InflowServerParts): void {
  const runners = new Map<string, { readonly run: number; readonly runner: TaskRunner; told: string }>();
  /** What was asked for one task happens in the order of the questions. */
  const turns = new Map<string, Promise<unknown>>();
  const functions = new FunctionCaller({ connect });
  const changes = new LineSource<ChangeReaderCalls>(() => main.ask("connect", { kind: "changes" }));
  const messages = new LineSource<MessageSenderCalls>(() => main.ask("connect", { kind: "messages5" }));

  function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const turn = (turns.get(key) ?? Promise.resolve()).catch(() => undefined).then(work);
    turns.set(key, turn);
    const forget = () => void (turns.get(key) === turn && turns.delete(key));
    turn.then(forget, forget);
    return turn;
  }

  async function stop(key: string): Promise<void> {
    await runners.get(key)?.runner.stop();
    tellFigures();
    runners.delete(key);
  }

  function start(order: TaskOrder): void {
    const { key, run, region, name, groupId } = order;
    const share = BYTES_ALL / (2 * (runners.size + 1));
    const runner = new TaskRunner({
      order,
      scale,
      functions,
      changes: () => changes.get(),
      send: async (wish) => (await messages.get()).ask("send", wish, { msMax: SEND_MS_MAX }),
      bytesMax: Math.min(BYTES_MAX, Math.max(BYTES_MIN, share)),
      wait: waitReally,
      random: Math.random,
      now: () => performance.now(),
      date: Date.now,
      tell: (state) => main.tell("state", { key, run, state }),
      hasConsumed: () => main.ask("hasConsumed", { region, name, groupId }),
      consumed: () => main.ask("consumed", { region, name, groupId }),
    });
    runners.set(key, { run, runner, told: "" });
  }

  function tellFigures(): void {
    const changed = [...runners].flatMap(([key, one]) => {
      const figures = one.runner.figures();
      const told = JSON.stringify(figures);
      if (told === one.told) return [];
      one.told = told;
      return [{ key, run: one.run, figures }];
    });
    if (changed.length > 0) main.tell("figures", changed);
  }

  const main: Line<InflowThreadNeeds> = openLine<InflowThreadNeeds, InflowThreadCalls>(port, {
    run: (order) =>
      inTurn(order.key, async () => {
        await stop(order.key);
        start(order);
      }),
    stop: ({ key }) => inTurn(key, () => stop(key)),
    async stopAll() {
      clearInterval(timer);
      await Promise.all([...runners.keys()].map((key) => inTurn(key, () => stop(key))));
    },
    line({ kind, port: end }) {
      if (kind === "changes") changes.give(end);
      else messages.give(end);
    },
  });
  const timer = setInterval(tellFigures, FIGURES_EVERY_MS).unref();
}
