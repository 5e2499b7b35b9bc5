import { describeProjectMeta as published } from "../../../contract/cms/metric-queries.ts";
import { NAMESPACE_TITLES, NAMESPACES } from "../../../contract/cms/metrics.ts";
import { defineAction } from "../../core/kit/action.ts";
import { pageOf } from "../views/page.ts";

export const describeProjectMeta = defineAction(published, (_ctx, { PageNumber: page, PageSize: size }) => ({
  Resources: {
    Resource: pageOf(NAMESPACES, page, size).map((namespace) => ({
      Namespace: namespace,
      Description: NAMESPACE_TITLES[namespace],
      Labels: "[]",
    })),
  },
  PageNumber: String(page),
  PageSize: String(size),
  Total: String(NAMESPACES.length),
}));
