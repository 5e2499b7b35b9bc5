import * as pulumi from "@pulumi/pulumi";
import type {
  ChangeTrackingGroupArgs,
  ConsumerGroupArgs,
  IotGroupArgs,
  RocketmqGroupArgs,
} from "./args/consumer-group.ts";
import { factsOf } from "./change-tracking-instance.ts";
import type { EarlyFacts } from "./early.ts";
import {
  DeclaredNames,
  type Identity,
  idOf,
  knownValue,
  type Reference,
  referredNow,
  referredResource,
  urnOf,
} from "./identity.ts";
import { DynamicResource } from "./shim.ts";

/** What `ConsumerGroup.get` needs to find a group beside its id. */
export type ConsumerGroupState =
  | Pick<ChangeTrackingGroupArgs, "platform" | "instance" | "region">
  | (Pick<RocketmqGroupArgs, "platform" | "instance" | "region"> & { version: "5.x" | "4.x" })
  | Pick<IotGroupArgs, "platform" | "iotInstanceId" | "region">;

/** What the service says of a group. A figure that it does not give is missing. */
export interface ConsumerGroupStatus {
  /** True while a client is connected. */
  readonly connected: boolean;
  /** Messages not read yet; on platform `changeTracking` -1 while no client is connected. */
  readonly unconsumed: number;
  /** Platform `changeTracking`: last position that the group has confirmed, empty when it has read nothing. */
  readonly checkpoint?: string;
  /** Platform `changeTracking`: seconds that the group is behind, -1 when not known. */
  readonly delaySeconds?: number;
  /** Platforms `rocketmq` and `iot`. */
  readonly onlineClients?: number;
  /** Platform `rocketmq`: state of the group, RUNNING when it can be used. */
  readonly state?: string;
  /** Platform `rocketmq`: topics that the group's clients have subscribed to. */
  readonly topics?: readonly string[];
  /**
   * Platform `rocketmq`, as of the last refresh: who subscribes otherwise than the others of the group, more topics than are
   * recommended, old SDKs. Missing where there is nothing to say.
   */
  readonly warnings?: readonly string[];
  /** Platform `iot`: messages in the last minute. */
  readonly consumedPerMinute?: number;
  /** Platform `iot`: ISO time. */
  readonly lastConsumedAt?: string;
}

/** What a client needs to read as the group; keys and passwords are never in it. */
export interface ConsumerGroupConnection {
  /** What the client speaks. */
  readonly protocol: string;
  /** Addresses by network, those that the service tells. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** Platform `changeTracking`. */
  readonly topic?: string;
  readonly groupId: string;
  /** Form of the user name; parts in `<>` are to be filled in. */
  readonly userName: string;
}

/**
 * A consumer group: a reader with a position of its own. Its id is the group's id. A group is deleted only when
 * nothing subscribes to it that the program does not declare, and no client is connected.
 *
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import { ConsumerGroup } from "pulumi-change-tracking";
 *
 * const billing = new ConsumerGroup("billing", {
 *   platform: "changeTracking",
 *   instance: "dtsl5m11yyx25c8n6l", // or a ChangeTrackingInstance of the program
 *   account: "billing_reader",
 *   password: new pulumi.Config().requireSecret("groupPassword"),
 * });
 *
 * new ConsumerGroup("GID_billing", {
 *   platform: "rocketmq",
 *   version: "5.x",
 *   instance: "rmq-cn-7e22n1jy70a",
 *   deliveryOrder: "ordered",
 *   afterLastRetry: { deadLetterTopic: "billing_dead" },
 * });
 *
 * new ConsumerGroup("meters", {
 *   platform: "iot",
 *   subscriptions: [{ productKey: "a1meters", messageTypes: ["deviceData", "deviceStatus"] }],
 * });
 *
 * export const connection = billing.connection;
 * ```
 */
export class ConsumerGroup extends DynamicResource {
  declare readonly platform: pulumi.Output<ConsumerGroupArgs["platform"]>;
  declare readonly name: pulumi.Output<string>;
  declare readonly region: pulumi.Output<string>;
  /** Platforms `changeTracking` and `rocketmq`: id of the instance. */
  declare readonly instance: pulumi.Output<string>;
  /** Platform `changeTracking`: the group's account. */
  declare readonly account: pulumi.Output<string>;
  /** Id of the group, the same as `id`. */
  declare readonly groupId: pulumi.Output<string>;
  declare readonly status: pulumi.Output<ConsumerGroupStatus>;
  /** How clients connect. */
  declare readonly connection: pulumi.Output<ConsumerGroupConnection>;

  constructor(name: string, args: ConsumerGroupArgs, opts?: pulumi.CustomResourceOptions) {
    const { instance, password } = anyArgs(args);
    const props = {
      ...DEFAULTED,
      ...args,
      ...(instance === undefined ? {} : { instance: idOf(instance) }),
      ...(password === undefined ? {} : { password: pulumi.secret(password) }),
      groupId: undefined,
      status: undefined,
      connection: undefined,
      __identity: identityOf(name, args, opts),
    };
    super("ConsumerGroup", name, props, optionsOf(opts), earlyFactsOf(args));
    if (args?.platform === "changeTracking") {
      Object.defineProperty(this, GROUP_FACTS, { value: factsOfArgs(args, props.__identity) });
    }
  }

  /** Reads an existing group by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<string>,
    state: ConsumerGroupState,
    opts?: pulumi.CustomResourceOptions,
  ): ConsumerGroup {
    return new ConsumerGroup(name, state as ConsumerGroupArgs, { ...opts, id });
  }
}

/** Finds the facts also when two copies of this package are loaded. */
const GROUP_FACTS = Symbol.for("pulumi-change-tracking.groupFacts");

/** What an inflow task takes over from the inputs of its group, whose outputs are unknown while it is updated. */
export interface GroupFacts {
  readonly instance: pulumi.Input<string>;
  readonly account: pulumi.Input<string> | undefined;
  readonly password: pulumi.Input<string> | undefined;
  readonly region: pulumi.Input<string | undefined> | undefined;
}

/** Undefined for anything but a group of a change tracking instance. */
export function groupFactsOf(resource: unknown): GroupFacts | undefined {
  const isObject = typeof resource === "object" && resource !== null;
  return isObject ? (resource as { [GROUP_FACTS]?: GroupFacts })[GROUP_FACTS] : undefined;
}

function factsOfArgs(args: ChangeTrackingGroupArgs, identity: Promise<Identity>): GroupFacts {
  const { account, password, region } = args;
  const ofInstance = () => pulumi.output(identity.then((known) => known.region));
  return { instance: idOf(args.instance), account, password, region: region ?? ofInstance() };
}

/** Inputs that are outputs too, also when the program leaves them out: for their default, or in `get`. */
const DEFAULTED = { name: undefined, region: undefined, account: undefined };

/** The args of any platform, or of none where the program is not typed. */
function anyArgs(args: ConsumerGroupArgs | undefined): Partial<ChangeTrackingGroupArgs> {
  return (args ?? {}) as Partial<ChangeTrackingGroupArgs>;
}

const declaredNames = new DeclaredNames();

async function identityOf(
  name: string,
  args: ConsumerGroupArgs,
  opts: pulumi.CustomResourceOptions | undefined,
): Promise<Identity> {
  const { instance } = anyArgs(args);
  const within: unknown = instance ?? (args as Partial<IotGroupArgs> | undefined)?.iotInstanceId;
  const isTracking = args?.platform !== "rocketmq" && args?.platform !== "iot";
  const isWanted = (resource: pulumi.Resource) =>
    isTracking ? factsOf(resource) !== undefined : pulumi.CustomResource.isInstance(resource);
  const self = urnOf("ConsumerGroup", name, opts?.parent);
  const referred =
    within === undefined
      ? undefined
      : await referredResource(within as Reference<pulumi.CustomResource>, isWanted);
  const declared = isTracking
    ? await declaredNames.add(referred ?? within, args?.name ?? name, name)
    : undefined;
  const isRenamed = declared?.some((one) => one.name !== one.logicalName);
  const facts = factsOf(referred);
  return {
    self: await self,
    logicalName: name,
    scope: referred && (await knownValue(referred.urn)),
    ...(declared && { declared: declared.map((one) => one.name) }),
    ...(isRenamed && { declaredBy: declared?.map((one) => one.logicalName) }),
    engine: facts?.engine,
    region: facts?.region,
  };
}

/** What is known of the instance without waiting for it. */
function earlyFactsOf(args: ConsumerGroupArgs | undefined): EarlyFacts {
  const { instance } = anyArgs(args);
  const scope =
    instance === undefined ? undefined : referredNow(instance, (one) => factsOf(one) !== undefined);
  const facts = factsOf(scope);
  const isOpen = facts === undefined && pulumi.Output.isInstance(instance);
  return { scope, engine: facts?.engine, region: isOpen ? instance : facts?.region };
}

/**
 * With `deletedWith` the engine would leave the group to its instance's delete, which refuses to take groups along
 * that it cannot tell from somebody else's. The group is deleted by itself instead; the outcome is the same.
 */
function optionsOf(opts: pulumi.CustomResourceOptions | undefined): pulumi.CustomResourceOptions {
  const additionalSecretOutputs = ["password", ...(opts?.additionalSecretOutputs ?? [])];
  if (opts?.deletedWith === undefined || factsOf(opts.deletedWith) === undefined) {
    return { ...opts, additionalSecretOutputs };
  }
  const { deletedWith, dependsOn, ...others } = opts;
  const first = pulumi.output(dependsOn).apply((given) => [given ?? []].flat());
  return { ...others, dependsOn: first.apply((given) => [...given, deletedWith]), additionalSecretOutputs };
}
