import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isConsumerGroup, known, stackOf } from "./resources";

interface Config {
  stacks: string[];
}

export const noForceUnsubscribe: ResourceValidationPolicy = {
  name: "no-force-unsubscribe",
  description: "In production a delete never stops what others run on a consumer group.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      stacks: {
        type: "array",
        items: { type: "string", minLength: 1 },
        default: ["production", "prod", "cloud"],
        description: "Names of the stacks that are production.",
      },
    },
  },
  validateResource: (args, reportViolation) => {
    if (!isConsumerGroup(args)) return;
    const stack = stackOf(args.urn);
    if (!args.getConfig<Config>().stacks.includes(stack)) return;
    if (known(() => args.props.forceUnsubscribe) !== true) return;
    reportViolation(
      `forceUnsubscribe must not be true in the stack ${stack}: a delete would stop tasks and subscriptions of others. ` +
        "Leave it out, and take off by hand what a refused delete lists",
    );
  },
};
