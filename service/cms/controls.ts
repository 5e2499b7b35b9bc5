import { z } from "zod";
import { CMS_ERRORS, serviceError } from "../../contract/errors/index.ts";
import type { Kernel } from "../core/kit/kernel.ts";
import { confirmContact } from "./engine/contacts.ts";
import { channelStates } from "./views/contact.ts";

const confirmation = z.strictObject({ contactName: z.string().min(1) });

/** What the cloud asks the person for, whom nobody reaches here. */
export const cmsControls = {
  /** `{ "contactName": "Alice" }`: confirms the contact's e-mail and phone. */
  confirmContact(kernel: Kernel, body: unknown): object {
    const parsed = confirmation.safeParse(body);
    if (!parsed.success) {
      throw serviceError(CMS_ERRORS.InvalidParameter, {
        parameter: "contactName",
        detail: 'The body must be { "contactName": "<name of a contact>" }',
      });
    }
    const contact = confirmContact(kernel, parsed.data.contactName);
    return { contactName: contact.name, channelsState: channelStates(contact) };
  },
};
