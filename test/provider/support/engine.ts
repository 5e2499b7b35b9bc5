import type { KindName } from "../../../provider/identity.ts";
import { PartialError } from "../../../provider/runtime/host/errors.ts";
import type { Session } from "../../../provider/runtime/host/session.ts";
import * as runtime from "../../../provider/runtime/index.ts";
import type { Properties } from "../../../provider/runtime/resource.ts";

/*
 * The engine's part of an `up` or a `destroy`, as far as it matters to who has what: the calls and their order are
 * those of Pulumi (checks and diffs first, a second check for a replacement, deletes last), the state is a list.
 */

export interface Wanted {
  readonly kind: KindName;
  readonly name: string;
  readonly inputs: Properties;
}

export interface Recorded extends Wanted {
  readonly id: string;
  readonly outs: Properties;
  /** Replaced, and not deleted yet. */
  readonly isPending: boolean;
}

/** Where a run ends: before its deletes, as when a sibling fails or Ctrl-C comes, or before the state is written. */
export type Cut = "before deletes" | "killed";

export interface UpOptions {
  readonly cut?: Cut | undefined;
  /** Logical names; no other resource is looked at. */
  readonly target?: readonly string[];
}

export class Engine {
  state: Recorded[] = [];
  readonly #session: () => Session;

  /** A session for each run, as each has a host process of its own. */
  constructor(session: () => Session) {
    this.#session = session;
  }

  async up(program: readonly Wanted[], { cut, target }: UpOptions = {}): Promise<void> {
    const run = this.#session();
    const isTarget = (name: string) => target === undefined || target.includes(name);
    for (const wanted of program) {
      if (isTarget(wanted.name)) await this.#apply(run, wanted, cut === "killed");
    }
    if (cut !== undefined) return;
    const gone = (one: Recorded) => !program.some(({ kind, name }) => one.kind === kind && one.name === name);
    await this.#remove(run, (one) => isTarget(one.name) && (one.isPending || gone(one)));
    run.unfinished.close();
  }

  async destroy(target?: string): Promise<void> {
    await this.#remove(this.#session(), (one) => target === undefined || one.name === target);
  }

  async refresh(): Promise<void> {
    const run = this.#session();
    const seen: Recorded[] = [];
    for (const one of this.state) {
      const { id, props } = await runtime.read(one.kind, one.id, one.outs, run);
      if (id !== "") seen.push({ ...one, outs: props });
    }
    this.state = seen;
  }

  async #apply(run: Session, wanted: Wanted, isKilled: boolean): Promise<void> {
    const { kind, name, inputs: given } = wanted;
    const news = { ...given, __identity: { self: urnOf(wanted), logicalName: name } };
    const old = this.state.find((one) => one.kind === kind && one.name === name && !one.isPending);
    const inputs = await checked(kind, old?.inputs ?? {}, news, run);
    if (old === undefined) return this.#create(run, { ...wanted, inputs }, isKilled);
    const diff = await runtime.diff(kind, old.id, old.outs, inputs, run);
    if (diff.replaces.length === 0) {
      if (diff.changes === false) return;
      const { outs } = await runtime.update(kind, old.id, old.outs, inputs, run);
      if (!isKilled) this.#put(old, { ...old, inputs, outs });
      return;
    }
    const anew = { ...wanted, inputs: await checked(kind, {}, news, run) };
    if (diff.deleteBeforeReplace) {
      await runtime.delete(kind, old.id, old.outs, run);
      this.#put(old);
      await this.#create(run, anew, isKilled);
    } else {
      await this.#create(run, anew, isKilled);
      if (!isKilled) this.#put(old, { ...old, isPending: true });
    }
  }

  async #create(run: Session, wanted: Wanted, isKilled: boolean): Promise<void> {
    try {
      const { id, outs } = await runtime.create(wanted.kind, wanted.inputs, run);
      if (!isKilled) this.state.push({ ...wanted, id, outs, isPending: false });
    } catch (error) {
      if (!(error instanceof PartialError)) throw error;
      this.state.push({ ...wanted, id: error.id, outs: error.properties, isPending: false });
      throw error;
    }
  }

  async #remove(run: Session, isGone: (one: Recorded) => boolean): Promise<void> {
    for (const one of this.state.filter(isGone)) {
      await runtime.delete(one.kind, one.id, one.outs, run);
      this.#put(one);
    }
  }

  #put(old: Recorded, ...anew: Recorded[]): void {
    this.state.splice(this.state.indexOf(old), 1, ...anew);
  }
}

async function checked(
  kind: KindName,
  olds: Properties,
  news: Properties,
  run: Session,
): Promise<Properties> {
  const { inputs, failures } = await runtime.check(kind, olds, news, run);
  if (failures.length > 0) throw new Error(JSON.stringify(failures));
  return inputs;
}

function urnOf({ kind, name }: Pick<Wanted, "kind" | "name">): string {
  return `urn:pulumi:dev::test::pulumi-nodejs:dynamic/changetracking:${kind}::${name}`;
}
