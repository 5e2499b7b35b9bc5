/* DescribeProjectMeta, version 2019-01-01: the products whose metrics can be watched here. */
import { z } from "zod";
import { NAMESPACE_TITLES, NAMESPACES } from "../../../contract/cms/metrics.ts";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { pageParams } from "../params.ts";
import { pageOf } from "../views/page.ts";

export const describeProjectMeta = defineAction({
  name: "DescribeProjectMeta",
  kind: "read",
  summary: "Lists the products that can be watched.",
  partial: "only the products served here; Labels is taken and has no effect",
  request: z.object({ ...pageParams(30, 1000), Labels: optional(text()) }),
  handler(_ctx, input) {
    const { PageNumber: page, PageSize: size } = input;
    return {
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
    };
  },
});
