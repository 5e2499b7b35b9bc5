import type { z } from "zod";
import { type Action, actionsOf } from "../action.ts";
import type { AnswerShape } from "../answer.ts";
import { PRODUCTS } from "../products.ts";

const defined = actionsOf("dts");
const portal = `https://api.alibabacloud.com/document/Dts/${PRODUCTS.dts.version}`;

type Definition<Request extends z.ZodType, Answer extends AnswerShape> = Omit<
  Action<Request, Answer, "dts">,
  "product" | "source"
> & { readonly source?: string };

/**
 * Defines an action of Data Transmission Service, version 2020-01-01. The source is the action's page in the API
 * portal unless said otherwise.
 */
export function dtsAction<Request extends z.ZodType, const Answer extends AnswerShape>(
  definition: Definition<Request, Answer>,
): Action<Request, Answer, "dts"> {
  return defined({ source: `${portal}/${definition.name}`, ...definition });
}
