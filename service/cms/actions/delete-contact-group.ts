import { deleteContactGroup as published } from "../../../contract/cms/contacts.ts";
import { serveAction } from "../../core/kit/action.ts";
import * as engine from "../engine/contacts.ts";

export const deleteContactGroup = serveAction(published, (ctx, input) => {
  engine.deleteContactGroup(ctx, input.ContactGroupName);
  return {};
});
