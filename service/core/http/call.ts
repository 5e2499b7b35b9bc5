import type { IncomingMessage, ServerResponse } from "node:http";
import type { AnswerShape } from "../../../contract/answer.ts";
import type { Principal } from "../kit/action.ts";
import type { ProductRoom } from "../kit/product-room.ts";
import type { RegionSource } from "./region.ts";

/** One call on its way; filled in as more becomes known of it. */
export interface Call {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly requestId: string;
  readonly startedMs: number;
  room: ProductRoom | undefined;
  /** The action's name, or method and path while it is not known. */
  action: string;
  /** The published fields of its answer, once the action is known. */
  answer: AnswerShape | undefined;
  region: string;
  regionFrom: RegionSource;
  principal: Principal | undefined;
  input: Record<string, unknown> | undefined;
  answered: boolean;
  /** A fault rule: do the work, then cut the connection. */
  dropAnswer: boolean;
  /** Made on demand: most handlers never wait. */
  signal(): AbortSignal;
  abort(): void;
}

export function openCall(req: IncomingMessage, res: ServerResponse, requestId: string, region: string): Call {
  let controller: AbortController | undefined;
  return {
    req,
    res,
    requestId,
    startedMs: performance.now(),
    room: undefined,
    action: "",
    answer: undefined,
    region,
    regionFrom: "setting",
    principal: undefined,
    input: undefined,
    answered: false,
    dropAnswer: false,
    signal() {
      if (!controller) {
        const made = new AbortController();
        controller = made;
        res.once("close", () => made.abort());
      }
      return controller.signal;
    },
    abort: () => controller?.abort(),
  };
}
