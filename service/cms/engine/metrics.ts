import { type Metric, metricOf, metricsOf } from "../../../contract/cms/metrics.ts";
import { CMS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { metricRefusal, namespaceRefusal } from "../../../contract/limits/cms.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import { otherNamespaces } from "../settings.ts";

/** Hybrid monitoring: its metrics are what a query says, so none is known beforehand. */
const PROMETHEUS_NAMESPACE = "acs_prometheus";

/** The metric that a call names (ALR-4); undefined in a namespace whose metrics are not judged. */
export function knownMetric(kernel: Kernel, namespace: string, name: string): Metric | undefined {
  if (metricsOf(namespace) === undefined) {
    if (namespace === PROMETHEUS_NAMESPACE || otherNamespaces(kernel).includes(namespace)) return undefined;
    const remedy = "Name further ones in the settings (rooms.cms.otherNamespaces).";
    const { text, rule } = namespaceRefusal(namespace);
    throw serviceError(CMS_ERRORS.ResourceNotFound, {
      parameter: "Namespace",
      detail: `${remedy} Namespace ${text}`,
      rule,
    });
  }
  const refusal = metricRefusal(namespace, name);
  if (refusal === undefined) return metricOf(namespace, name);
  throw serviceError(CMS_ERRORS.ResourceNotFound, {
    parameter: "MetricName",
    detail: `MetricName ${refusal.text}`,
    rule: refusal.rule,
  });
}
