import type * as pulumi from "@pulumi/pulumi";

/** Bounds on waiting, in seconds, 1 to 86400 each. Default 1800 each. The engine's customTimeouts do not reach this provider. */
export interface TimeoutsArgs {
  create?: pulumi.Input<number>;
  update?: pulumi.Input<number>;
  delete?: pulumi.Input<number>;
}
