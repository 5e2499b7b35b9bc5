import { deleteContact as published } from "../../../contract/cms/contacts.ts";
import { defineAction } from "../../core/kit/action.ts";
import * as engine from "../engine/contacts.ts";

export const deleteContact = defineAction(published, (ctx, input) => {
  engine.deleteContact(ctx, input.ContactName);
  return {};
});
