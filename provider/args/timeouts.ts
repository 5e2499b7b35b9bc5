/* Written by `npm run docs` from the schemas in provider/schema; to change an input, change it there. */

import type * as pulumi from "@pulumi/pulumi";

/**
 * Bounds on waiting, in seconds, 1 to 86400 each; the engine's customTimeouts do not reach this provider.
 * Default 1800 each.
 */
export interface TimeoutsArgs {
  /** Seconds to wait for a create, 1 to 86400. Default 1800. */
  create?: pulumi.Input<number>;
  /** Seconds to wait for an update, 1 to 86400. Default 1800. */
  update?: pulumi.Input<number>;
  /** Seconds to wait for a delete, 1 to 86400. Default 1800. */
  delete?: pulumi.Input<number>;
}
