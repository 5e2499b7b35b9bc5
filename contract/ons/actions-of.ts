import type { z } from "zod";
import { type Action, actionsOf } from "../action.ts";
import type { AnswerShape } from "../answer.ts";

const define = actionsOf("ons");
/** Every published action has a page of its name. */
const PAGES = "https://api.alibabacloud.com/document/Ons/2019-02-14";

/** Defines an action of ApsaraMQ for RocketMQ 4.x, version 2019-02-14. All are tested by the same clients. */
export function onsAction<Request extends z.ZodType, const Answer extends AnswerShape>(
  definition: Omit<Action<Request, Answer>, "product" | "source" | "testedBy">,
) {
  return define<Request, Answer>({
    source: `${PAGES}/${definition.name}`,
    testedBy: ["test/service/ons/clients.test.ts"],
    ...definition,
  });
}

/** What an action answers that gives nothing back. */
export const outcome = { RequestId: "string" } as const;

/** Tags of what a list shows. */
export const tagList = { Tag: [{ Key: "string", Value: "string" }] } as const;
