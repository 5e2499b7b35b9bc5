import { EVENTBRIDGE_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import type { CallContext } from "../../core/kit/action.ts";
import type { Stream } from "../entities.ts";
import { arnOf, findStream } from "./streams.ts";

/** Streams by name or ARN. */
export function taggedStreams(ctx: CallContext, ids: readonly string[]): Stream[] {
  return ids.map((id) => {
    const name = id.startsWith("acs:eventbridge:") ? id.slice(id.indexOf("/") + 1) : id;
    const stream = findStream(ctx, name);
    if (!stream || (name !== id && arnOf(stream) !== id)) {
      throw serviceError(EVENTBRIDGE_ERRORS.ResourceNotExist, { dynamicMessage: id });
    }
    return stream;
  });
}
