import { MESSAGE_TYPES, type MessageTypeName } from "../../../../../contract/limits/iot.ts";
import {
  type IotGroupInputs,
  type IotSubscriptionInputs,
  iotGroup,
  MESSAGE_TYPES_DEFAULT,
} from "../../../../schema/consumer-group-iot.ts";
import { inputKeys } from "../../../../schema/marks.ts";
import { containsUnknown } from "../../../../schema/unknown.ts";
import type { RelationFlags } from "../../../api/iot.ts";
import type { Session } from "../../../host/session.ts";
import type { Properties } from "../../../resource.ts";

export const INPUT_KEYS = inputKeys(iotGroup);

/**
 * A subscription as the state holds it. `notDeclared` marks one that a read has found and that no program has
 * asked for: the next preview shows it, and a delete counts it as somebody else's.
 */
export type StateSubscription = IotSubscriptionInputs & { readonly notDeclared?: true };

/** Checked inputs, where name and region are filled in. */
export type GroupInputs = Omit<IotGroupInputs, "subscriptions"> & {
  readonly region: string;
  readonly subscriptions?: readonly StateSubscription[];
};

/** What the state has beside the inputs. */
export interface StateOutputs {
  readonly groupId?: string;
  /** Products whose subscription was made here, and goes with its last group. */
  readonly madeSubscriptions?: readonly string[];
  /** Products whose subscription another group of the program has made in the run in which this one joined it. */
  readonly sharedSubscriptions?: readonly string[];
}

/** The region may be missing in what `.get()` hands over. */
export function groupInputs(session: Session, props: Properties): GroupInputs & StateOutputs {
  return { region: session.settings.region, ...props } as unknown as GroupInputs & StateOutputs;
}

/** Subscriptions are a set: the order in the program means nothing. */
export function normalInputs(inputs: Properties): Properties {
  const { subscriptions } = inputs;
  if (!Array.isArray(subscriptions) || containsUnknown(subscriptions)) return inputs;
  if (!subscriptions.every(isSubscription)) return inputs;
  return { ...inputs, subscriptions: sorted(subscriptions) };
}

export function sorted(subscriptions: readonly StateSubscription[]): StateSubscription[] {
  return subscriptions
    .map((one) =>
      Array.isArray(one.messageTypes) ? { ...one, messageTypes: [...one.messageTypes].sort() } : one,
    )
    .sort((a, b) => (a.productKey < b.productKey ? -1 : 1));
}

function isSubscription(value: unknown): value is StateSubscription {
  return typeof value === "object" && value !== null && typeof (value as Properties).productKey === "string";
}

export function wantedTypes(one: Pick<StateSubscription, "messageTypes">): readonly MessageTypeName[] {
  return one.messageTypes ?? MESSAGE_TYPES_DEFAULT;
}

/** Every flag is sent, because one that is missing counts as off. */
export function flagsOf(types: readonly MessageTypeName[]): RelationFlags {
  const names = Object.keys(MESSAGE_TYPES) as MessageTypeName[];
  return Object.fromEntries(names.map((name) => [MESSAGE_TYPES[name].flag, types.includes(name)]));
}

export function typesOf(flags: RelationFlags): MessageTypeName[] {
  const names = Object.keys(MESSAGE_TYPES) as MessageTypeName[];
  return names.filter((name) => flags[MESSAGE_TYPES[name].flag] === true).sort();
}
