/*
 * Our resources as a policy sees them. A pack stands in a repository of its own as a rule, so what it reads is written
 * down here and is not taken from the provider's package. Passwords reach a policy in clear: never put a resource's
 * properties into a message as they are.
 */

const DYNAMIC = "pulumi-nodejs:dynamic/changetracking:";

export type Platform = "changeTracking" | "rocketmq" | "iot";

export interface InstanceProps {
  readonly name?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface GroupProps {
  readonly platform: Platform;
  readonly instance?: string;
  /** Instead of `instance` on platform `iot`, where the public instance has no id. */
  readonly iotInstanceId?: string;
  readonly name?: string;
  /** An output: there once the group is. */
  readonly groupId?: string;
  readonly forceUnsubscribe?: boolean;
}

export interface TaskProps {
  readonly name?: string;
}

export interface AlertProps {
  readonly name?: string;
  readonly product: Platform;
  readonly metric: string;
  readonly enabled?: boolean;
  readonly range:
    | { readonly kind: "all" }
    | { readonly kind: "instances"; readonly instance?: string; readonly groups?: readonly string[] };
}

/** Of `ResourceValidationArgs` and of `PolicyResource`. */
interface Typed {
  readonly type: string;
}

export function isInstance<R extends Typed>(resource: R): resource is R & { props: InstanceProps } {
  return resource.type === `${DYNAMIC}ChangeTrackingInstance`;
}

export function isConsumerGroup<R extends Typed>(resource: R): resource is R & { props: GroupProps } {
  return resource.type === `${DYNAMIC}ConsumerGroup`;
}

export function isInflowTask<R extends Typed>(resource: R): resource is R & { props: TaskProps } {
  return resource.type === `${DYNAMIC}InflowTask`;
}

export function isAlertRule<R extends Typed>(resource: R): resource is R & { props: AlertProps } {
  return resource.type === `${DYNAMIC}AlertRule`;
}

/** The stack that a resource belongs to, for example `production`. */
export function stackOf(urn: string): string {
  return /^urn:pulumi:([^:]*)::/.exec(urn)?.[1] ?? "";
}

/**
 * What `read` reads, or undefined where a preview cannot know it yet: reading such a property throws, and a policy that
 * lets that through is left out for the whole resource, or for the whole stack.
 */
export function known<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && error.message.endsWith("can't be known during preview")) return undefined;
    throw error;
  }
}
