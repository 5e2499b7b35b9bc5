import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { type AlertProps, type GroupProps, isAlertRule, isConsumerGroup, known } from "./resources";

interface Config {
  metrics: string[];
}

type Alert = PolicyResource & { props: AlertProps };
type Group = PolicyResource & { props: GroupProps };

/** Metrics that grow while a group falls behind, by their published names. */
const BEHIND = [
  "ConsumerGroupDelay",
  "ConsumerGroupLag",
  "ConsumerLag",
  "ConsumerLagLatencyPerGid",
  "ReadyMessages",
  "ReadyMessageQueueTime",
  "ConsumerGroupAccumulatedMessages",
];

export const alertForEachGroup: StackValidationPolicy = {
  name: "alert-for-each-group",
  description: "Somebody is told when a consumer group falls behind.",
  enforcementLevel: "advisory",
  configSchema: {
    properties: {
      metrics: {
        type: "array",
        items: { type: "string", minLength: 1 },
        minItems: 1,
        default: BEHIND,
        description: "Metrics that count; a rule on any other one watches something else.",
      },
    },
  },
  validateStack: (args, reportViolation) => {
    const { metrics } = args.getConfig<Config>();
    // What a preview cannot know yet is taken for good: the policy is asked again after the update.
    const alerts = args.resources
      .filter(isAlertRule)
      .filter(({ props }) => known(() => props.enabled) !== false)
      .filter(({ props }) => metrics.includes(known(() => props.metric) ?? (metrics[0] as string)));
    for (const group of args.resources.filter(isConsumerGroup)) {
      if (alerts.some((alert) => watches(alert, group))) continue;
      reportViolation(
        `${group.name} has no alert rule that is enabled and watches it. Add one with its group in range.groups, on one of: ` +
          metrics.join(", "),
        group.urn,
      );
    }
  },
};

function watches({ props, propertyDependencies }: Alert, group: Group): boolean {
  if (known(() => props.product) !== known(() => group.props.platform)) return false;
  if (known(() => props.range.kind) === "all") return true;
  // The id of a new group is known after the update only; that the rule was given the group is known before.
  if (propertyDependencies.range?.some(({ urn }) => urn === group.urn)) return true;
  return namesById(props, group.props);
}

/** Whether a rule names a group that it was not given as a resource. */
function namesById(alert: AlertProps, group: GroupProps): boolean {
  const range = known(() => alert.range);
  if (range?.kind !== "instances") return false;
  const instances = [known(() => range.instance), known(() => group.instance ?? group.iotInstanceId)];
  if (instances[0] !== instances[1]) return false;
  const ids = [known(() => group.groupId), known(() => group.name)];
  const groups = known(() => range.groups) ?? [];
  // By index, so that one id that is not known yet does not hide the others.
  return Array.from({ length: groups.length }, (_, index) => known(() => groups[index])).some(
    (id) => id !== undefined && ids.includes(id),
  );
}
