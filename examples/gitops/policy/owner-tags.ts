import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isInstance, known } from "./resources";

interface Config {
  tags: string[];
}

export const ownerTags: ResourceValidationPolicy = {
  name: "owner-tags",
  description: "A change tracking instance says in its tags whom it belongs to.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      tags: {
        type: "array",
        items: { type: "string", minLength: 1 },
        minItems: 1,
        default: ["owner"],
        description: "Keys of tags that every instance must have.",
      },
    },
  },
  validateResource: (args, reportViolation) => {
    if (!isInstance(args)) return;
    const { tags: keys } = args.getConfig<Config>();
    const tags = known(() => args.props.tags ?? {});
    if (tags === undefined) return;
    // A value that is not known yet is one.
    const missing = keys.filter((key) => known(() => (tags[key] ?? "").trim() === ""));
    if (missing.length === 0) return;
    reportViolation(
      `tags must have ${missing.join(", ")}. Add them with a value, for example tags: { ${missing[0]}: "payments" }`,
    );
  },
};
