import * as pulumi from "@pulumi/pulumi";
import type { ConsumptionMode, EngineName } from "../contract/limits/engines.ts";
import { type ChangeTrackingInstance, factsOf } from "./changeTrackingInstance.ts";
import {
  bare,
  DeclaredNames,
  type Identity,
  idOf,
  type Reference,
  referredResource,
  urnOf,
} from "./identity.ts";
import { DynamicResource } from "./shim.ts";
import type { TimeoutsArgs } from "./timeouts.ts";

/** A consumer group of a change tracking instance. */
export interface ChangeTrackingGroupArgs {
  platform: "changeTracking";
  /** The instance, as resource or id. At most 20 groups each. A change replaces the group, which loses its offset. */
  instance: Reference<ChangeTrackingInstance>;
  /** 1 to 128 characters, unique in the instance. Default: the logical name. Changed in place. */
  name?: pulumi.Input<string>;
  /** 1 to 16 of `A-Z a-z 0-9 _`, unique in the instance. Changed in place. */
  account: pulumi.Input<string>;
  /** 8 to 32 printable ASCII characters of at least two kinds; kept as a secret. Changed in place. */
  password: pulumi.Input<string>;
  /** How the data will be read; refused when the source does not support it. Default: not declared. */
  consumptionMode?: pulumi.Input<ConsumptionMode>;
  /** Engine of the instance's source, for `consumptionMode`. Default: that of the instance given as resource. */
  engine?: pulumi.Input<EngineName>;
  /** Region of the instance. Default: that of the instance given as resource, else `changetracking:region`. */
  region?: pulumi.Input<string>;
  /** Take over the group of this name instead of failing when there is one. Default false. */
  adoptExisting?: pulumi.Input<boolean>;
  /** Lets a delete stop foreign tasks that use the group; never disconnects a client. Default false. */
  forceUnsubscribe?: pulumi.Input<boolean>;
  /** Bounds on waiting. */
  timeouts?: pulumi.Input<TimeoutsArgs>;
}

/** Inputs of a `ConsumerGroup`, by platform. */
export type ConsumerGroupArgs = ChangeTrackingGroupArgs;

/** What the service says of a group. A figure that it does not give is missing. */
export interface ConsumerGroupStatus {
  /** True while a client is connected. */
  readonly connected: boolean;
  /** Last position that the group has confirmed, empty when it has read nothing. */
  readonly checkpoint: string;
  /** Messages not read yet, -1 while no client is connected. */
  readonly unconsumed: number;
  /** Seconds that the group is behind, -1 when not known. */
  readonly delaySeconds: number;
}

/**
 * A consumer group: a reader with a position of its own. Its id is the group's id. A group is deleted only when
 * no client is connected.
 */
export class ConsumerGroup extends DynamicResource {
  declare readonly platform: pulumi.Output<ConsumerGroupArgs["platform"]>;
  declare readonly name: pulumi.Output<string>;
  declare readonly region: pulumi.Output<string>;
  /** Platform `changeTracking`: id of the instance. */
  declare readonly instance: pulumi.Output<string>;
  /** Platform `changeTracking`: the group's account. */
  declare readonly account: pulumi.Output<string>;
  /** Id of the group, the same as `id`. */
  declare readonly groupId: pulumi.Output<string>;
  declare readonly status: pulumi.Output<ConsumerGroupStatus>;

  constructor(name: string, args: ConsumerGroupArgs, opts?: pulumi.CustomResourceOptions) {
    const props = {
      ...DEFAULTED,
      ...args,
      ...(args?.instance === undefined ? {} : { instance: idOf(args.instance) }),
      ...(args?.password === undefined ? {} : { password: pulumi.secret(args.password) }),
      groupId: undefined,
      status: undefined,
      __identity: identityOf(name, args, opts),
    };
    super("ConsumerGroup", name, props, optionsOf(opts));
  }

  /** Reads an existing group by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<string>,
    state: Pick<ChangeTrackingGroupArgs, "platform" | "instance"> & { region?: pulumi.Input<string> },
    opts?: pulumi.CustomResourceOptions,
  ): ConsumerGroup {
    return new ConsumerGroup(name, state as ConsumerGroupArgs, { ...opts, id });
  }
}

/** Inputs that are outputs too, also when the program leaves them out: for their default, or in `get`. */
const DEFAULTED = { name: undefined, region: undefined, account: undefined };

const declaredNames = new DeclaredNames();

function identityOf(
  name: string,
  args: ConsumerGroupArgs,
  opts: pulumi.CustomResourceOptions | undefined,
): Identity {
  const referred =
    args?.instance === undefined
      ? Promise.resolve(undefined)
      : referredResource(args.instance, (resource) => factsOf(resource) !== undefined);
  return {
    self: urnOf("ConsumerGroup", name, opts?.parent),
    logicalName: name,
    scope: referred.then((resource) => resource && bare(resource.urn)),
    declared: pulumi.output(
      referred.then((resource) => declaredNames.add(resource ?? args?.instance, args?.name ?? name)),
    ),
    engine: pulumi.output(referred.then((resource) => factsOf(resource)?.engine)),
    region: pulumi.output(referred.then((resource) => factsOf(resource)?.region)),
  };
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
