import type { ProviderError } from "../../host/errors.ts";
import type { Session } from "../../host/session.ts";
import type {
  CheckFailure,
  CreateResult,
  DiffResult,
  KnownIdentity,
  Leaving,
  Mark,
  Properties,
  ReadResult,
} from "../../resource.ts";

/**
 * A platform that has consumer groups. The resource judges the inputs by their schema, fills in name and region, warns
 * of a replacement, and hands everything else to the platform.
 */
export interface GroupPlatform {
  /** The value of the input `platform`. */
  readonly name: string;
  /** The inputs in their one form, for example a set in its order. Default: as they are. */
  normal?(inputs: Properties): Properties;
  /** Rules beyond the schema: across resources, or with a look at the service. Never throws for an unreachable service. */
  check(
    session: Session,
    identity: KnownIdentity,
    olds: Properties,
    inputs: Properties,
  ): Promise<readonly CheckFailure[]>;
  diff(olds: Properties, news: Properties): DiffResult;
  /** A sentence for the warning of a replacement: where the position stands that is forgotten. */
  readonly positionHint?: string;
  /** See `ResourceKind`. */
  recall?(session: Session, olds: Properties): void;
  /** See `ResourceKind`. Default: the id. */
  heldAs?(session: Session, id: string, props: Properties): string;
  /** See `ResourceKind`. */
  readonly mark?: Mark;
  create(session: Session, inputs: Properties): Promise<CreateResult>;
  read(session: Session, id: string, props: Properties): Promise<ReadResult>;
  update(session: Session, id: string, olds: Properties, news: Properties): Promise<Properties>;
  delete(session: Session, id: string, props: Properties): Promise<void>;
  /** See `ResourceKind`. */
  deleteRefusals(
    session: Session,
    id: string,
    props: Properties,
    leaving: Leaving,
  ): Promise<readonly ProviderError[]>;
  /** For look-ups: the id of the group that a query names. Default: its name is its id. */
  findId?(session: Session, query: Properties): Promise<string | undefined>;
}
