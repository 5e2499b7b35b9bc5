import type { ProviderError } from "./host/errors.ts";
import type { Session } from "./host/session.ts";

/*
 * How to add a kind of resource:
 *  1. `provider/schema/<kind>.ts` holds the schema of its inputs: their rules, descriptions, and which of them replace
 *     the resource. `tools/docs/args/` says what the types of the args are named; `npm run docs` writes them.
 *  2. `runtime/resources/<kind>/index.ts` exports one `ResourceKind`: small files beside it for check, diff,
 *     observe and each operation. Create and update share the same steps: observe, ensure, sync, return what
 *     was observed.
 *  3. One line in `kinds.ts` loads it when it is first needed; the name goes into `KindName` of `../identity.ts`.
 *  4. `provider/<kind>.ts` holds the class; `provider/index.ts` exports it.
 * A platform of ConsumerGroup is a `GroupPlatform` (see resources/consumer-group/platform.ts) and one line in its
 * table.
 *
 * Facts of the host that every kind has to live with:
 *  - `check` and `diff` may get unknown values (`isUnknown` of the contract); the other calls never do.
 *  - `olds` of `diff` and `update` are the outputs in the state, so outputs must repeat the inputs.
 *  - Secrets arrive in clear. They must not get into a message.
 *  - The rest of a failed create or update is kept by throwing PartialError.
 */

/** Values by name, as they come from the engine. */
export type Properties = Readonly<Record<string, unknown>>;

export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
  /** Id of the documented rule behind it; put behind the reason where that is shown. */
  readonly rule?: string | undefined;
}

export interface CheckResult {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}

export interface DiffResult {
  readonly changes: boolean;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export interface CreateResult {
  readonly id: string;
  readonly outs: Properties;
}

export interface ReadResult {
  /** Empty when the thing is gone. */
  readonly id: string;
  readonly props: Properties;
  /** Inputs only: an output here would show as removed in the next preview. */
  readonly inputs?: Properties;
}

/** What the program tells about a resource beside its inputs; see `../identity.ts`. Any part may be missing or unknown. */
export interface KnownIdentity {
  readonly self: string | undefined;
  readonly logicalName: string | undefined;
  readonly scope: string | undefined;
  readonly declared: readonly string[];
  readonly engine: string | undefined;
  readonly region: string | undefined;
  /** Logical names of the resources behind `declared`, in the same order. */
  readonly declaredBy?: readonly string[];
  /** Where the inputs hold what the program has marked as secret. */
  readonly secrets?: readonly (readonly (string | number)[])[];
  /** Refusals that the program has shown already; in a preview only. */
  readonly said?: readonly string[];
}

/** One kind of resource. Nothing here is told the kind's history: all it knows is in the arguments and the session. */
export interface ResourceKind {
  readonly name: string;
  check(session: Session, identity: KnownIdentity, olds: Properties, news: Properties): Promise<CheckResult>;
  /** Reads nothing but its arguments. */
  diff(olds: Properties, news: Properties): Promise<DiffResult>;
  /** Told the state of each resource with its diff: what others of the run have to know of it. */
  recall?(session: Session, olds: Properties): Promise<void>;
  /**
   * Under which a run remembers who has the thing: its id, with its place where ids are names. The same for every
   * resource of a state that has the thing.
   */
  heldAs(session: Session, id: string, props: Properties): string | Promise<string>;
  /** Where the service has room for a word on a thing that was taken over; see `owner.ts`. */
  readonly mark?: Mark;
  create(session: Session, inputs: Properties): Promise<CreateResult>;
  read(session: Session, id: string, props: Properties): Promise<ReadResult>;
  update(session: Session, id: string, olds: Properties, news: Properties): Promise<Properties>;
  delete(session: Session, id: string, props: Properties): Promise<void>;
  /**
   * What a delete would refuse as things are now; empty where nothing is in the way, or nothing is there. Asks and
   * changes nothing. A kind that refuses no delete has none.
   */
  deleteRefusals?(
    session: Session,
    id: string,
    props: Properties,
    leaving: Leaving,
  ): Promise<readonly ProviderError[]>;
}

/** What goes in the same run, so that it is in nobody's way. */
export interface Leaving {
  /** Ids of consumer groups. */
  readonly groups: ReadonlySet<string>;
  /** Names of inflow tasks. */
  readonly tasks: ReadonlySet<string>;
}

/** A word on a thing at the service itself, which all machines see. No read and no preview shows it. */
export interface Mark {
  write(session: Session, id: string, props: Properties, word: string): Promise<void>;
  /** Undefined where there is none, or no such thing any more. */
  read(session: Session, id: string, props: Properties): Promise<string | undefined>;
  remove(session: Session, id: string, props: Properties): Promise<void>;
}
