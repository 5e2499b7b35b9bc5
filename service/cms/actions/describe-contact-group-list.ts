/* DescribeContactGroupList, version 2019-01-01: contact groups, oldest first, as objects and beside them as names. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { commonParams, pageParams } from "../params.ts";
import { cmsStore } from "../store.ts";
import { pageOf } from "../views/page.ts";

export const describeContactGroupList = defineAction({
  name: "DescribeContactGroupList",
  kind: "read",
  summary: "Lists alert contact groups.",
  request: z.object({ ...commonParams, ...pageParams(100, 1000) }),
  handler(ctx, input) {
    const all = cmsStore(ctx.store).groups.all();
    const page = pageOf(all, input.PageNumber, input.PageSize);
    return {
      ContactGroupList: {
        ContactGroup: page.map((group) => ({
          Name: group.name,
          Describe: group.description,
          EnableSubscribed: group.subscribed,
          EnabledWeeklyReport: group.subscribed,
          Contacts: { Contact: group.contacts },
          CreateTime: group.createdAtMs,
          UpdateTime: group.updatedAtMs,
        })),
      },
      ContactGroups: { ContactGroup: page.map((group) => group.name) },
      Total: all.length,
    };
  },
});
