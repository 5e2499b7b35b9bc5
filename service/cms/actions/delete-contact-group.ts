import { deleteContactGroup as published } from "../../../contract/cms/contacts.ts";
import { defineAction } from "../../core/kit/action.ts";
import * as engine from "../engine/contacts.ts";

export const deleteContactGroup = defineAction(published, (ctx, input) => {
  engine.deleteContactGroup(ctx, input.ContactGroupName);
  return {};
});
