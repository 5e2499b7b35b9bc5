import { describeContactGroupList as published } from "../../../contract/cms/contacts.ts";
import { defineAction } from "../../core/kit/action.ts";
import { cmsStore } from "../store.ts";
import { pageOf } from "../views/page.ts";

export const describeContactGroupList = defineAction(published, (ctx, input) => {
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
});
