import * as pulumi from "@pulumi/pulumi";
import type { InflowIdSourceArgs, InflowSourceArgs, InflowTaskArgs } from "./args/inflow-task.ts";
import { factsOf } from "./change-tracking-instance.ts";
import { type ConsumerGroup, groupFactsOf } from "./consumer-group.ts";
import type { EarlyFacts } from "./early.ts";
import { type Identity, idOf, knownValue, referredNow, referredResource, urnOf } from "./identity.ts";
import { DynamicResource } from "./shim.ts";

/** Figures that the service gives of a task; one that it does not give is missing. */
export interface InflowMetrics {
  /** How far the task is behind, as the service counts it. */
  readonly delayTime?: number;
  /** Records that the task is behind. */
  readonly diffOffset?: number;
  /** Events in a second. */
  readonly tps?: number;
}

/**
 * A message inflow task: it reads a change tracking group and sends what it reads to a RocketMQ topic. Its id is its
 * name. Creating and changing wait until the task is RUNNING; one that does not start stays in the state, and the next
 * `pulumi up` starts it anew.
 *
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import { ConsumerGroup, InflowTask } from "pulumi-change-tracking";
 *
 * const group = new ConsumerGroup("to-billing", {
 *   platform: "changeTracking",
 *   instance: "dtsl5m11yyx25c8n6l",
 *   account: "inflow_reader",
 *   password: new pulumi.Config().requireSecret("groupPassword"),
 * });
 *
 * new InflowTask("orders-to-billing", {
 *   source: { group },
 *   sink: { version: "5.x", instance: "rmq-cn-7e22n1jy70a", topic: "orders" },
 *   batch: { messages: 100, intervalSeconds: 1 },
 * });
 * ```
 */
export class InflowTask extends DynamicResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly region: pulumi.Output<string>;
  declare readonly state: pulumi.Output<"running" | "paused">;
  /** Published status: READY, STARTING, RUNNING, PAUSED, STARTING_FAILED or RUNNING_FAILED. */
  declare readonly status: pulumi.Output<string>;
  /** How the service reaches the tracked database, as published: `RDS`, `LocalInstance` and so on. */
  declare readonly accessMethod: pulumi.Output<string>;
  /** Id of the tracked database's instance; empty for a database without one. */
  declare readonly sourceInstanceId: pulumi.Output<string>;
  declare readonly metrics: pulumi.Output<InflowMetrics>;
  /** Why a task that failed has failed; empty for any other. */
  declare readonly problem: pulumi.Output<string>;

  constructor(name: string, args: InflowTaskArgs, opts?: pulumi.CustomResourceOptions) {
    const props = {
      ...DEFAULTED,
      ...args,
      ...(args?.source === undefined ? {} : { source: sourceInputs(args.source) }),
      ...OUTPUTS,
      __identity: identityOf(name, args, opts),
    };
    super("InflowTask", name, props, opts, earlyFactsOf(args));
  }

  /** Reads an existing task by its name, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<string>,
    state: { region?: pulumi.Input<string> } = {},
    opts?: pulumi.CustomResourceOptions,
  ): InflowTask {
    return new InflowTask(name, state as InflowTaskArgs, { ...opts, id });
  }
}

/** Inputs that get a default are outputs too, also when the program leaves them out. */
const DEFAULTED = { name: undefined, region: undefined, state: undefined };

const OUTPUTS = {
  status: undefined,
  accessMethod: undefined,
  sourceInstanceId: undefined,
  metrics: undefined,
  problem: undefined,
};

/**
 * The group as its id and what its own inputs say: a password that is changed there is the task's new one at once.
 * The group's outputs would not be known while it is changed.
 */
function sourceInputs(source: InflowSourceArgs): pulumi.Input<pulumi.Inputs> {
  // Only a program without types can do that; whatever is in it may be the password.
  if (pulumi.Output.isInstance(source)) return pulumi.secret(source as pulumi.Inputs);
  const { group, ...given } = source;
  const { instance, password } = given as Partial<InflowIdSourceArgs>;
  const facts = groupFactsOf(group);
  const secret = password ?? facts?.password;
  return {
    ...(facts === undefined ? {} : { instance: facts.instance, account: facts.account }),
    ...(group === undefined ? {} : { groupId: idOf(group) }),
    ...given,
    ...(instance === undefined ? {} : { instance: idOf(instance) }),
    ...(secret === undefined ? {} : { password: pulumi.secret(secret) }),
  };
}

type AnySource = Partial<InflowIdSourceArgs> & { group?: ConsumerGroup };

/** What is known of the group and its instance without waiting for them. */
function earlyFactsOf(args: InflowTaskArgs | undefined): EarlyFacts {
  const { group, instance, groupId } = (args?.source ?? {}) as AnySource;
  const reference = group ?? groupId;
  const isGroup = (resource: pulumi.Resource) => groupFactsOf(resource) !== undefined;
  const scope = reference === undefined ? undefined : referredNow<ConsumerGroup>(reference, isGroup);
  const on = instance === undefined ? undefined : referredNow(instance, (one) => factsOf(one) !== undefined);
  const region = groupFactsOf(scope)?.region ?? factsOf(on)?.region;
  const isOpen = [args?.source, reference, instance].some((one) => pulumi.Output.isInstance(one));
  return { scope, region: region ?? (isOpen ? pulumi.output<string | undefined>(undefined) : undefined) };
}

async function identityOf(
  name: string,
  args: InflowTaskArgs,
  opts: pulumi.CustomResourceOptions | undefined,
): Promise<Identity> {
  const { group, instance, groupId } = (args?.source ?? {}) as AnySource;
  const isGroup = (resource: pulumi.Resource) => groupFactsOf(resource) !== undefined;
  const reference = group ?? groupId;
  const self = urnOf("InflowTask", name, opts?.parent);
  const found =
    reference === undefined ? undefined : await referredResource<ConsumerGroup>(reference, isGroup);
  const ofGroup = groupFactsOf(found)?.region;
  const on =
    ofGroup !== undefined || instance === undefined
      ? undefined
      : await referredResource(instance, (resource) => factsOf(resource) !== undefined);
  return {
    self: await self,
    logicalName: name,
    scope: found && (await knownValue(found.urn)),
    region: ofGroup ?? factsOf(on)?.region,
  };
}
