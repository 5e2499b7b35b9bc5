import { putContact as published } from "../../../contract/cms/contacts.ts";
import { CMS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { defineAction } from "../../core/kit/action.ts";
import * as engine from "../engine/contacts.ts";

/** What asks people to confirm an address is here POST /_service/rooms/cms/confirmContact. */
export const putContact = defineAction(published, (ctx, input) => {
  const { Mail, SMS, AliIM, DingWebHook } = input.Channels ?? {};
  if (![Mail, SMS, AliIM, DingWebHook].some((channel) => channel !== undefined)) {
    throw serviceError(CMS_ERRORS.InvalidParameter, {
      parameter: "Channels",
      detail: "Channels must hold at least one of Mail, SMS, AliIM, DingWebHook",
    });
  }
  engine.putContact(ctx, {
    name: input.ContactName,
    description: input.Describe,
    lang: input.Lang,
    mail: Mail,
    sms: SMS,
    aliIm: AliIM,
    dingWebHook: DingWebHook,
  });
  return {};
});
