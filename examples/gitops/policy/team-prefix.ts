import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isAlertRule, isConsumerGroup, isInflowTask, known } from "./resources";

interface Config {
  teams: string[];
}

/** Instances are shared by teams: whom they belong to is in their tags. */
export const teamPrefix: ResourceValidationPolicy = {
  name: "team-prefix",
  description:
    "Names of consumer groups, inflow tasks and alert rules begin with the team that answers for them.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      teams: {
        type: "array",
        items: { type: "string", pattern: "^[A-Za-z][A-Za-z0-9]*$" },
        default: [],
        description: "The teams that there are; none means that any word will do.",
      },
    },
  },
  validateResource: (args, reportViolation) => {
    if (!isConsumerGroup(args) && !isInflowTask(args) && !isAlertRule(args)) return;
    const name = known(() => args.props.name ?? args.name);
    if (name === undefined) return;
    const { teams } = args.getConfig<Config>();
    // GID_ and GID- are what RocketMQ's clients look for; IoT Platform takes no hyphens in names.
    const [, team] = /^([A-Za-z][A-Za-z0-9]*)[-_]./.exec(name.replace(/^GID[-_]/, "")) ?? [];
    if (team !== undefined && (teams.length === 0 || teams.includes(team))) return;
    const example = `${teams[0] ?? "payments"}-${args.name}`;
    const allowed = teams.length === 0 ? "" : ` Teams are: ${teams.join(", ")}.`;
    reportViolation(`name "${name}" must begin with a team and - or _, for example ${example}.${allowed}`);
  },
};
