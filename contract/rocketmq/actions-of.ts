import type { z } from "zod";
import { type Action, actionsOf } from "../action.ts";
import type { AnswerShape } from "../answer.ts";

const define = actionsOf("rocketmq");
/** Every published action has a page of its name. */
const PAGES = "https://api.alibabacloud.com/document/RocketMQ/2022-08-01";

/** Defines an action of ApsaraMQ for RocketMQ 5.x, version 2022-08-01. All are tested by the same clients. */
export function rocketmqAction<Request extends z.ZodType, const Answer extends AnswerShape>(
  definition: Omit<Action<Request, Answer>, "product" | "source" | "testedBy"> & { readonly source?: string },
) {
  return define<Request, Answer>({
    source: `${PAGES}/${definition.name}`,
    testedBy: ["test/service/rocketmq/clients.test.ts"],
    ...definition,
  });
}

/** What every action answers beside its data. */
export const outcome = {
  code: "string",
  dynamicCode: "string",
  dynamicMessage: "string",
  httpStatusCode: "integer",
  message: "string",
  requestId: "string",
  success: "boolean",
} as const;

/** The answer of an action that changes something. */
export const done = { ...outcome, data: "boolean" } as const;

/** The same where the answer can say why access was denied. */
export const deniable = { ...outcome, accessDeniedDetail: "string" } as const;

/** One page of a list. */
export const page = { pageNumber: "integer", pageSize: "integer", totalCount: "integer" } as const;
