import { z } from "zod";
import { holds, needs } from "../limits/condition.ts";
import { TAGS_MAX, tagKeptRefusal, tagPartRefusal } from "../limits/tags.ts";
import { once } from "../once.ts";
import { list, optional, text } from "../params.ts";

/** Nearly every action names an instance; older clients leave it out where the account has just one. */
export const instanceParams = once(() => ({ InstanceId: optional(text()) }));
export const topicParams = once(() => ({ ...instanceParams(), Topic: text() }));
export const groupParams = once(() => ({ ...instanceParams(), GroupId: text() }));

const part = once(() =>
  z.string().superRefine((value, context) => {
    const message = tagPartRefusal(value);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  }),
);

/** As published for this product's tags: neither a kept beginning nor a link in a key or value. */
const newPart = once(() =>
  part().superRefine((value, context) => {
    const message = tagKeptRefusal(value);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  }),
);

/** Tags that are put on. */
export const newTagsParam = once(() =>
  list(z.object({ Key: text(newPart()), Value: z.optional(newPart()) }), {
    min: 1,
    max: TAGS_MAX,
  }),
);

/** Tags that a list is filtered by; one without a value asks for its key only. */
export const wantedTagsParam = once(() =>
  optional(list(z.object({ Key: text(part()), Value: z.optional(part()) }), { max: TAGS_MAX })),
);

export type TaggedType = "INSTANCE" | "TOPIC" | "GROUP";

/** `INSTANCE`, `TOPIC` or `GROUP`, also in the long form that answers have. */
export const taggedType = once(() =>
  text(
    z.string().transform((given, context): TaggedType => {
      const type = given.toUpperCase().replace(/^ALIYUN::MQ::/, "");
      if (type === "INSTANCE" || type === "TOPIC" || type === "GROUP") return type;
      context.addIssue({ code: "custom", message: "must be INSTANCE, TOPIC or GROUP" });
      return z.NEVER;
    }),
  ),
);

/** A topic or a group is named with its instance. */
export const holdsInstance = holds<{ ResourceType: TaggedType; InstanceId?: string | undefined }>((input) => [
  needs(input.ResourceType !== "INSTANCE", input.InstanceId, ["InstanceId"], `for a ${input.ResourceType}`),
]);
