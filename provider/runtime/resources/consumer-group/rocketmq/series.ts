import type { Session } from "../../../host/session.ts";
import type { Properties } from "../../../resource.ts";
import type { GroupInputs } from "./inputs.ts";

/** A group as the service describes it. */
export interface ObservedGroup {
  /** RUNNING when it can be used. */
  readonly state: string;
  /** Inputs that differ from the declared ones. */
  readonly drift: Properties;
}

export interface GroupClient {
  /** As messages name it. */
  readonly name: string;
  /** Empty where the service does not tell them. */
  readonly language: string;
  readonly version: string;
}

export interface Activity {
  readonly clients: readonly GroupClient[];
  readonly topics: readonly string[];
  readonly unconsumed: number;
  /** Clients that subscribe to a topic otherwise than most do, by topic. */
  readonly differing: readonly { readonly topic: string; readonly clients: readonly GroupClient[] }[];
}

export interface Connection {
  readonly protocol: string;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly userName: string;
}

/** The calls on a group that differ between RocketMQ 5.x and 4.x. Gone means undefined, never an error. */
export interface Series {
  find(session: Session, inputs: GroupInputs): Promise<ObservedGroup | undefined>;
  /** Sent once. */
  create(session: Session, inputs: GroupInputs): Promise<void>;
  /** Undefined where the API cannot change a group. */
  readonly update: ((session: Session, inputs: GroupInputs) => Promise<void>) | undefined;
  /** Success also when it is gone already. */
  delete(session: Session, inputs: GroupInputs): Promise<void>;
  activity(session: Session, inputs: GroupInputs): Promise<Activity>;
  connection(session: Session, inputs: GroupInputs): Promise<Connection>;
  /** True when a create was refused because the name is taken. */
  isTaken(error: unknown): boolean;
}
