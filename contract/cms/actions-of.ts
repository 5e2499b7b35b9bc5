import type { z } from "zod";
import { type Action, actionsOf } from "../action.ts";
import type { AnswerShape } from "../answer.ts";

const define = actionsOf("cms");

/** Defines an action of CloudMonitor, version 2019-01-01; its published text is found by its name. */
export function cmsAction<Request extends z.ZodType, const Answer extends AnswerShape>(
  definition: Omit<Action<Request, Answer>, "product" | "source">,
): Action<Request, Answer, "cms"> {
  const source = `https://api.alibabacloud.com/document/Cms/2019-01-01/${definition.name}`;
  return define({ ...definition, source });
}

/** What nearly every action answers beside its own fields. */
export const outcome = {
  Code: "string",
  Message: "string",
  RequestId: "string",
  Success: "boolean",
} as const;
