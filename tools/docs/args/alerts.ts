import { METRICS } from "../../../contract/cms/metrics.ts";
import { ALERT_PRODUCTS } from "../../../provider/schema/alert-rule.ts";
import { type InterfacePlan, literals, renderInterface } from "../interface.ts";
import { inputSchemas } from "../json-schema.ts";
import { COMMON, INSTANCE_REFERENCE, part, union } from "./parts.ts";

export function alertTypes(): string[] {
  const schema = inputSchemas.alertRule;
  const noun = "rule";
  const range = part(schema, "range");
  const member = { noun, isMember: true };
  const products = Object.entries(ALERT_PRODUCTS).map(([product, namespace]) => {
    const interfaceName = `${product[0]?.toUpperCase()}${product.slice(1)}AlertArgs`;
    const metrics = METRICS[namespace].map((one) => one.name);
    const types = { product: JSON.stringify(product), metric: `pulumi.Input<${literals(metrics)}>` };
    const doc = `Inputs of an \`AlertRule\` on \`${product}\`.`;
    return { name: interfaceName, doc, base: "AlertArgs", schema, noun, keys: ["product", "metric"], types };
  });
  const statistics = [
    ...new Set(Object.values(METRICS).flatMap((all) => all.flatMap((one) => one.statistics))),
  ];
  const ofEach = ["product", "metric"];
  const plans: InterfacePlan[] = [
    {
      ...member,
      name: "AllRangeArgs",
      doc: "Every resource of the product.",
      schema: range,
      keys: ["kind"],
      types: { kind: '"all"' },
    },
    {
      ...member,
      name: "InstancesRangeArgs",
      doc: "The resources named here: what the metric is of (groups, topics, products, or the instance) has to be named.",
      schema: range,
      types: {
        kind: '"instances"',
        instance: INSTANCE_REFERENCE,
        groups: "pulumi.Input<Reference<ConsumerGroup>[]>",
      },
    },
    {
      ...member,
      name: "AlertTriggerArgs",
      doc: "When an alert fires: a statistic of the metric, compared with a threshold, for some periods in a row.",
      schema: part(schema, "trigger"),
      types: { statistic: `pulumi.Input<${literals(statistics.sort())}>` },
    },
    {
      ...member,
      name: "AlertTargetsArgs",
      doc: "What an alert does besides telling people.",
      schema: part(schema, "targets"),
    },
    {
      name: "AlertArgs",
      doc: "What alert rules of every product take.",
      schema,
      noun,
      keys: Object.keys(schema.properties ?? {}).filter((key) => !ofEach.includes(key)),
      names: { ...COMMON, trigger: "AlertTriggerArgs", targets: "AlertTargetsArgs" },
      types: {
        range: "AllRangeArgs | InstancesRangeArgs | pulumi.Output<AllRangeArgs | InstancesRangeArgs>",
      },
    },
    ...products,
  ];
  const doc = "Inputs of an `AlertRule`: which metrics there are depends on the product.";
  return [
    ...plans.map(renderInterface),
    union(
      "AlertRuleArgs",
      doc,
      products.map((one) => one.name),
    ),
  ];
}
