import { putContactGroup as published } from "../../../contract/cms/contacts.ts";
import { defineAction } from "../../core/kit/action.ts";
import * as engine from "../engine/contacts.ts";

export const putContactGroup = defineAction(published, (ctx, input) => {
  engine.putContactGroup(ctx, {
    name: input.ContactGroupName,
    description: input.Describe,
    contacts: input.ContactNames,
    subscribed: input.EnableSubscribed,
  });
  return {};
});
