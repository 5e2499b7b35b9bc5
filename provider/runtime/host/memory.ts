import { Holders } from "../ownership/holders.ts";
import type { Clock } from "./clock.ts";

/**
 * What one run of the host process remembers. The engine starts one host for an operation (a preview, an
 * update) and sends it every resource, so this is where resources are judged together.
 */
export class RunMemory {
  readonly holders = new Holders();
  /** By kind, then by URN. */
  readonly #declared = new Map<string, Map<string, Declared>>();
  readonly #kinds = new Map<string, string>();
  readonly #urnByInputs = new Map<string, string>();
  readonly #cache = new Map<string, { atMs: number; value: Promise<unknown> }>();
  readonly #queues = new Map<string, Promise<unknown>>();
  readonly #said = new Set<string>();
  readonly #refused = new Set<string>();

  /** Check runs twice for a replacement: the identity decides, not the number of calls. */
  declare(declared: Declared): void {
    const { kind, self } = declared;
    const kindBefore = this.#kinds.get(self) ?? kind;
    const before = this.#declared.get(kindBefore)?.get(self);
    // What was not known the first time may make it another kind.
    if (kindBefore !== kind) this.#declared.get(kindBefore)?.delete(self);
    const ofKind = this.#declared.get(kind) ?? new Map<string, Declared>();
    this.#declared.set(kind, ofKind);
    this.#kinds.set(self, kind);
    ofKind.set(self, { ...declared, oldName: declared.oldName ?? before?.oldName });
  }

  declared(kind: string): Declared[] {
    return [...(this.#declared.get(kind)?.values() ?? [])];
  }

  /** Later calls carry no URN; the checked inputs lead back to it. */
  rememberUrn(kind: string, inputs: unknown, urn: string): void {
    const key = inputsKey(kind, inputs);
    const known = this.#urnByInputs.get(key);
    this.#urnByInputs.set(key, known === undefined || known === urn ? urn : AMBIGUOUS);
  }

  urnOf(kind: string, inputs: unknown): string | undefined {
    const urn = this.#urnByInputs.get(inputsKey(kind, inputs));
    return urn === AMBIGUOUS ? undefined : urn;
  }

  /** Marks inputs that a preview has refused without a failed check. */
  refuse(kind: string, inputs: unknown): void {
    this.#refused.add(inputsKey(kind, inputs));
  }

  isRefused(kind: string, inputs: unknown): boolean {
    return this.#refused.size > 0 && this.#refused.has(inputsKey(kind, inputs));
  }

  /** One read for all who ask, for the whole run or as long as it is young enough. */
  async once<T>(key: string, make: () => Promise<T>, options: OnceOptions = {}): Promise<T> {
    const { age, keepFailure } = options;
    const known = this.#cache.get(key);
    const isGood =
      known !== undefined && (age === undefined || age.clock.nowMs() - known.atMs <= age.ageMsMax);
    if (isGood) return known.value as Promise<T>;
    const value = make();
    const entry = { atMs: age?.clock.nowMs() ?? 0, value };
    this.#cache.set(key, entry);
    value.catch(() => {
      if (!keepFailure && this.#cache.get(key) === entry) this.#cache.delete(key);
    });
    return value;
  }

  /** Runs the works of one key one after the other. */
  async exclusively<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#queues.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#queues.set(key, mine);
    return mine;
  }

  forget(key: string): void {
    this.#cache.delete(key);
  }

  /** True the first time. */
  isNew(message: string): boolean {
    if (this.#said.has(message)) return false;
    this.#said.add(message);
    return true;
  }

  /**
   * Marks something that a resource of this run made, took over or changed. When the same thing is to be
   * deleted later in the run, it is because another resource held it before: it must stay.
   */
  hold(id: string): void {
    this.holders.hold(id);
  }

  isHeld(id: string): boolean {
    return this.holders.isHeld(id);
  }
}

export interface OnceOptions {
  readonly age?: { readonly clock: Clock; readonly ageMsMax: number };
  /** An unreachable service need not be asked by every resource again. */
  readonly keepFailure?: boolean;
}

/** One resource of the program, as its check saw it. */
export interface Declared {
  readonly kind: string;
  readonly self: string;
  /** What it is counted within: the URN of the instance, its id, or both. */
  readonly scopeUrn: string | undefined;
  readonly scopeId: string | undefined;
  readonly name: string;
  /** Name in the state, where it differs. */
  readonly oldName: string | undefined;
  readonly account: string | undefined;
  /** Refusals that the program has shown already. */
  readonly said?: readonly string[];
  /** Whether the state has it in this scope; undefined where that does not matter. */
  readonly isInState?: boolean;
  /** Refused because what it is counted within is full. */
  readonly hasNoRoom?: boolean;
}

/** Ids decide where both are known; the URN of the instance stands in for an id that is not. */
export function isSameScope(a: Scope, b: Scope): boolean {
  if (a.scopeId !== undefined && b.scopeId !== undefined) return a.scopeId === b.scopeId;
  return a.scopeUrn !== undefined && a.scopeUrn === b.scopeUrn;
}

export type Scope = Pick<Declared, "scopeUrn" | "scopeId">;

const AMBIGUOUS = "";

/** The same text for the same values, whatever the order of keys. */
export function inputsKey(kind: string, inputs: unknown): string {
  return `${kind} ${JSON.stringify(sorted(inputs))}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key, item]) => key !== "__provider" && item !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]),
  );
}
