import type { AnyAnswer } from "./apis/api.ts";

/** A request that a test has caught. */
interface CaughtRequest {
  readonly api: string;
  readonly version: number;
  readonly clientId: string;
  readonly groupId: string | undefined;
  readonly request: Readonly<Record<string, unknown>>;
}

/**
 * What happens to it: `undefined` lets it pass, `answer` is sent in place of the real one, `close` ends the connection
 * before the work is done, `closeAfterwards` does the work and loses the answer.
 */
type Fault =
  | undefined
  | { readonly answer: Exclude<AnyAnswer, symbol> }
  | { readonly close: "before" | "afterwards" };

export type Catch = (caught: CaughtRequest) => Fault | Promise<Fault>;

/** For tests: what is to happen to requests of an API, the next one or all until it is taken back. */
export class Faults {
  readonly #catches = new Map<string, { readonly run: Catch; readonly isKept: boolean }[]>();

  /** `keep`: stays until the returned function is called; else it ends with the first request that it does not let pass. */
  add(api: string, run: Catch, options: { readonly keep?: boolean } = {}): () => void {
    const entry = { run, isKept: options.keep ?? false };
    this.#catches.set(api, [...(this.#catches.get(api) ?? []), entry]);
    return () => this.#remove(api, entry);
  }

  has(api: string): boolean {
    return this.#catches.has(api);
  }

  async find(caught: CaughtRequest): Promise<Fault> {
    for (const entry of this.#catches.get(caught.api) ?? []) {
      const fault = await entry.run(caught);
      if (fault === undefined) continue;
      if (!entry.isKept) this.#remove(caught.api, entry);
      return fault;
    }
    return undefined;
  }

  #remove(api: string, entry: { readonly run: Catch }): void {
    const left = (this.#catches.get(api) ?? []).filter((one) => one !== entry);
    if (left.length > 0) this.#catches.set(api, left);
    else this.#catches.delete(api);
  }
}
