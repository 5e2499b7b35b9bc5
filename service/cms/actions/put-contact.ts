/*
 * PutContact, version 2019-01-01: makes a contact or replaces its channels, of which it needs one. A new or changed
 * address is PENDING until the contact is confirmed (POST /_service/rooms/cms/confirmContact).
 */
import { z } from "zod";
import { CMS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { callbackUrl } from "../../../contract/limits/cms.ts";
import { mailAddress } from "../../../contract/limits/cms-contacts.ts";
import { oneOf } from "../../../contract/limits/text.ts";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import * as engine from "../engine/contacts.ts";
import { commonParams } from "../params.ts";

export const putContact = defineAction({
  name: "PutContact",
  kind: "write",
  summary: "Makes or changes an alert contact.",
  partial: "nothing is sent to contacts yet",
  request: z.object({
    ...commonParams,
    ContactName: text(),
    Describe: text(),
    Lang: optional(oneOf(["zh-cn", "en"])),
    Channels: optional(
      z.object({
        Mail: optional(text(mailAddress)),
        SMS: optional(text()),
        AliIM: optional(text()),
        DingWebHook: optional(callbackUrl),
      }),
    ),
  }),
  handler(ctx, input) {
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
  },
});
