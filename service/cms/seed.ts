import { z } from "zod";
import type { Kernel } from "../core/kit/kernel.ts";
import { readSeedPart } from "../core/kit/room-seed.ts";
import { confirmContact, putContact, putContactGroup } from "./engine/contacts.ts";
import { cmsStore } from "./store.ts";

const name = z.string().min(1).max(255);

const seedPart = z.strictObject({
  contacts: z
    .array(
      z.strictObject({
        name,
        description: z.string().default("seeded"),
        mail: z.string().min(1),
        confirmed: z.boolean().default(true),
      }),
    )
    .default([]),
  contactGroups: z
    .array(
      z.strictObject({
        name: name.regex(/^[^,]+$/, { error: "must not hold a comma" }),
        contacts: z.array(name).default([]),
      }),
    )
    .default([]),
});

/**
 * Makes what a seed file names and is not there yet: `contacts: [{ name, description, mail, confirmed }]`,
 * `contactGroups: [{ name, contacts }]`.
 */
export function seedCms(kernel: Kernel, part: unknown): void {
  const seeded = readSeedPart("cms", seedPart, part);
  const { contacts, groups } = cmsStore(kernel.store);
  kernel.store.transaction(() => {
    for (const { confirmed, ...input } of seeded.contacts) {
      if (contacts.get(input.name)) continue;
      putContact(kernel, input);
      if (confirmed) confirmContact(kernel, input.name);
    }
    for (const input of seeded.contactGroups) if (!groups.get(input.name)) putContactGroup(kernel, input);
  });
}
