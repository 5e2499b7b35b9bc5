/** One end of a message channel, or of a worker. */
export interface Port {
  postMessage(message: unknown, transfer?: readonly Transferable[]): void;
  on(event: "message", listener: (message: unknown) => void): unknown;
  on(event: "close" | "exit", listener: () => void): unknown;
}

type Transferable = ArrayBuffer | import("node:worker_threads").MessagePort;

/** What one side does for the other, by name: one input, and an answer or none. Everything must be clonable. */
type Calls<C> = { readonly [K in keyof C]: (input: never) => unknown };
type InputOf<F> = F extends (input: infer I) => unknown ? I : never;
type AnswerOf<F> = F extends (input: never) => infer A ? A : never;

/** What does it. */
export type Handlers<C extends Calls<C>> = {
  readonly [K in keyof C]: (input: InputOf<C[K]>) => AnswerOf<C[K]> | Promise<AnswerOf<C[K]>>;
};

interface AskOptions {
  /** Default 10 s. Infinity for an answer that comes only when something ends. */
  readonly msMax?: number;
  readonly transfer?: readonly Transferable[];
}

/** Calls to the other thread, typed. */
export interface Line<R extends Calls<R>> {
  /** Rejects with a LineError: what the other side threw, no answer in time, or the line was closed. */
  ask<K extends keyof R & string>(
    name: K,
    input: InputOf<R[K]>,
    options?: AskOptions,
  ): Promise<AnswerOf<R[K]>>;
  /** Without an answer; lost when the other side has gone. */
  tell<K extends keyof R & string>(name: K, input: InputOf<R[K]>, transfer?: readonly Transferable[]): void;
  /** Called once when the line is closed from either side; returns what ends that. */
  onClose(listener: (error: LineError) => void): () => void;
  /** Rejects what waits; later calls are refused. */
  close(reason: string): void;
}

/** `code` is the code of what was thrown on the other side, else LATE, CLOSED, BUSY or FAILED. */
export class LineError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = "LineError";
    this.code = code;
  }
}

const ASK_MS_MAX = 10_000;
/** Questions without an answer at once. */
const WAITING_MAX = 20_000;

interface Question {
  readonly name: string;
  readonly input: unknown;
  /** Absent where no answer is wanted. */
  readonly id?: number;
}

interface Answer {
  readonly answerTo: number;
  readonly value?: unknown;
  readonly failure?: { readonly code: string; readonly message: string };
}

function warn(name: string, error: Error): void {
  process.emitWarning(`${name}: ${error.message}`, { code: "LINE_HANDLER", detail: error.stack ?? "" });
}

function failureOf(error: unknown): NonNullable<Answer["failure"]> {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return { code: typeof code === "string" ? code : "FAILED", message: String(message ?? error) };
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: LineError) => void;
  readonly timer: NodeJS.Timeout | undefined;
}

/**
 * Speaks over `port`: answers the other side's calls by `handlers`, and lets this side call. What a handler throws where nobody
 * waits for an answer goes to `failed`, by default a warning of the process: it must not end the thread with all that is in it.
 */
export function openLine<R extends Calls<R>, L extends Calls<L>>(
  port: Port,
  handlers: Handlers<L>,
  failed: (name: string, error: Error) => void = warn,
): Line<R> {
  const waiting = new Map<number, Waiting>();
  const closeListeners = new Set<(error: LineError) => void>();
  let lastId = 0;
  let closedBy: string | undefined;

  async function answer({ name, input, id }: Question): Promise<void> {
    try {
      const value = await (handlers[name as keyof L] as (input: unknown) => unknown)(input);
      if (id !== undefined) send({ answerTo: id, value } satisfies Answer);
    } catch (error) {
      if (id === undefined) return failed(name, asError(error));
      send({ answerTo: id, failure: failureOf(error) } satisfies Answer);
    }
  }

  function send(message: unknown, transfer: readonly Transferable[] = []): void {
    if (closedBy === undefined) port.postMessage(message, transfer);
  }

  function settle({ answerTo, value, failure }: Answer): void {
    const one = waiting.get(answerTo);
    if (!one) return;
    waiting.delete(answerTo);
    clearTimeout(one.timer);
    if (failure) one.reject(new LineError(failure.code, failure.message));
    else one.resolve(value as never);
  }

  function close(reason: string): void {
    closedBy ??= reason;
    const error = new LineError("CLOSED", reason);
    for (const one of waiting.values()) {
      clearTimeout(one.timer);
      one.reject(error);
    }
    waiting.clear();
    for (const listener of closeListeners) listener(error);
    closeListeners.clear();
  }

  port.on("message", (message) => {
    if (closedBy !== undefined) return;
    const one = message as Question | Answer;
    if ("answerTo" in one) settle(one);
    else void answer(one);
  });
  port.on("close", () => close("the other thread has gone"));
  port.on("exit", () => close("the other thread has ended"));

  return {
    ask(name, input, { msMax = ASK_MS_MAX, transfer = [] } = {}) {
      if (closedBy !== undefined) return Promise.reject(new LineError("CLOSED", closedBy));
      if (waiting.size >= WAITING_MAX)
        return Promise.reject(new LineError("BUSY", `${name}: ${WAITING_MAX} questions wait already`));
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        const late = () => {
          waiting.delete(id);
          reject(new LineError("LATE", `${name}: no answer within ${msMax} ms`));
        };
        const timer = msMax === Number.POSITIVE_INFINITY ? undefined : setTimeout(late, msMax);
        timer?.unref();
        waiting.set(id, { resolve, reject, timer });
        send({ name, input, id } satisfies Question, transfer);
      });
    },
    tell: (name, input, transfer) => send({ name, input } satisfies Question, transfer),
    onClose(listener) {
      closeListeners.add(listener);
      return () => void closeListeners.delete(listener);
    },
    close,
  };
}
