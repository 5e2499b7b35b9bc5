import type { IncomingMessage } from "node:http";
import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { type BodyBudget, hasBody, noBody, type ReceivedBody, readBody } from "./body.ts";
import type { Call } from "./call.ts";
import type { Gate } from "./gate.ts";
import { openLargeRequestQueue } from "./large-requests.ts";
import type { ServerLimits } from "./server-limits.ts";

interface ReceiverParts {
  readonly limits: ServerLimits;
  readonly bodies: BodyBudget;
  readonly gate: Gate;
  /** Takes over the body, and lets it go. */
  execute(call: Call, body: ReceivedBody): void;
  fail(call: Call, error: unknown, close: boolean): void;
}

/** The way of a call until its work begins: its body within the bounds, its turn, and the gate. */
export function openReceiver({ limits, bodies, gate, execute, fail }: ReceiverParts) {
  const turns = openLargeRequestQueue();
  const waitMsMax = limits.bodyMsMax + limits.answerMsMax;

  function enter(call: Call, body: ReceivedBody): void {
    const refuse = () => {
      body.release();
      fail(call, serviceError(GATEWAY_ERRORS.ServiceUnavailable), true);
    };
    // A call by GET carries everything in its address.
    turns.take(body.bytes.length + (call.req.url?.length ?? 0), () => {
      // Whoever waited so long for a turn has given up.
      if (performance.now() - call.startedMs > waitMsMax) refuse();
      else gate.enter(() => execute(call, body), refuse);
    });
  }

  return (call: Call, req: IncomingMessage): void => {
    const bounds = { bytesMax: limits.bodyBytesMax, msMax: limits.bodyMsMax, budget: bodies };
    if (!hasBody(req)) enter(call, noBody);
    else
      readBody(req, bounds, (body) => {
        // Undefined when the client has gone.
        if (body instanceof Error) fail(call, body, true);
        else if (body !== undefined) enter(call, body);
      });
  };
}
