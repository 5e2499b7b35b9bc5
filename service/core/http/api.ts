import type { IncomingMessage, ServerResponse } from "node:http";
import { GATEWAY_ERRORS, type ServiceError, serviceError } from "../../../contract/errors/index.ts";
import type { KeyStore } from "../auth/access-keys.ts";
import type { Nonces } from "../auth/nonces.ts";
import { verifyCaller } from "../auth/verify-caller.ts";
import { applyFaults, withLateAnswer } from "../faults/apply-faults.ts";
import type { Faults } from "../faults/fault-rules.ts";
import type { Kernel } from "../kit/kernel.ts";
import type { BodyBudget, ReceivedBody } from "./body.ts";
import { type Call, openCall } from "./call.ts";
import { contextOf } from "./call-context.ts";
import { identify, inputOf, resolve, signedRequest } from "./call-target.ts";
import { decodeParameters } from "./decode-parameters.ts";
import { openAnswers } from "./finish-call.ts";
import { type Gate, openGate } from "./gate.ts";
import type { Journal } from "./journal.ts";
import { openReceiver } from "./receive-call.ts";
import { type CallRegion, regionOfCall } from "./region.ts";
import type { Router } from "./router.ts";
import type { ServerLimits } from "./server-limits.ts";

interface ApiParts {
  readonly kernel: Kernel;
  readonly router: Router;
  readonly keys: KeyStore;
  readonly nonces: Nonces;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly limits: ServerLimits;
  readonly bodies: BodyBudget;
}

/** The published API: one call from the socket to the answer. */
export interface Api {
  handle(req: IncomingMessage, res: ServerResponse): void;
  /** Calls pass it once their body is there: whoever dawdles with a body holds up no reset. */
  readonly gate: Gate;
  /** Logs the calls that did not end in time when the service stops; their answers are lost. */
  giveUp(): void;
  /** Calls whose work has begun and not ended, answered or not. */
  readonly running: number;
}

export function openApi(parts: ApiParts): Api {
  const { kernel, limits } = parts;
  // Nonces are kept before the answers leave: an answered call cannot be replayed after a restart.
  const { succeed, fail } = openAnswers(kernel, parts.journal, () => parts.nonces.keep());
  let running = 0;
  const gate = openGate(() => running, { waitMsMax: limits.answerMsMax, drainMsMax: limits.drainMsMax });

  /** Answers in time whatever the work does: it goes on behind a `ServiceUnavailable`. */
  async function finishLater(call: Call, work: Promise<object>): Promise<void> {
    const overdue = setTimeout(() => {
      kernel.log.warn("call.overdue", overdueNote(call, limits.answerMsMax));
      fail(call, overdueError());
      call.abort();
    }, limits.answerMsMax);
    try {
      succeed(call, await work);
    } catch (error) {
      fail(call, error);
    } finally {
      clearTimeout(overdue);
      running -= 1;
    }
  }

  function execute(call: Call, body: ReceivedBody): void {
    running += 1;
    try {
      const { delayMs, work } = prepare(parts, call, body.bytes);
      if (delayMs > 0) setTimeout(() => start(call, work), delayMs);
      else start(call, work);
    } catch (error) {
      fail(call, error);
      running -= 1;
    } finally {
      body.release();
    }
  }

  function start(call: Call, work: () => Promise<object> | object): void {
    try {
      const result = work();
      if (result instanceof Promise) {
        void finishLater(call, result);
        return;
      }
      succeed(call, result);
    } catch (error) {
      fail(call, error);
    }
    running -= 1;
  }

  const receive = openReceiver({ limits, bodies: parts.bodies, gate, execute, fail });
  return {
    get running() {
      return running;
    },
    giveUp() {
      kernel.log.warn("calls.cutOff", { calls: running });
    },
    gate,
    handle(req, res) {
      const call = openCall(req, res, kernel.random.uuid(), kernel.settings.region);
      receive(call, req);
    },
  };
}

function overdueNote({ requestId, action }: Call, msMax: number): Record<string, unknown> {
  return { requestId, action, msMax };
}

function overdueError(): ServiceError {
  return serviceError(GATEWAY_ERRORS.ServiceUnavailable, { detail: "The work goes on; repeat the call." });
}

/** Verifies, decodes, and returns the work to do. Throws whatever stands in the way. */
function prepare(
  parts: ApiParts,
  call: Call,
  body: Uint8Array,
): { delayMs: number; work: () => Promise<object> | object } {
  const { kernel, router, keys, nonces, faults } = parts;
  const request = signedRequest(call.req, body);
  const target = identify(request, router);
  call.room = target.room;
  call.action = target.action || `${request.method} ${request.rawPath}`.slice(0, 200);
  const key = verifyCaller({ keys, nonces, now: kernel.clock.now }, request, target.params);
  const accountId = kernel.settings.accountId;
  call.principal = { accountId, accessKeyId: key.accessKeyId, rights: key.rights };
  const resolved = resolve(target, router);
  const { action } = resolved;
  const { definition, room } = action;
  call.action = definition.name;
  call.answer = definition.answer;
  // Before the parameters are read: a large body is no work for a key that may not have it done.
  if (key.rights === "readOnly" && definition.kind === "write")
    throw serviceError(GATEWAY_ERRORS.ForbiddenRAM);
  const input = inputOf(target, resolved);
  const named = regionOfCall(input, request.headers, kernel.settings.region);
  call.region = named.region;
  call.regionFrom = named.from;
  call.input = withRegion(input, named, target.style);
  const { delayMs, lateMs } = applyFaults(call, faults.take(room.name, definition.name));
  const parameters = decodeParameters(action.request(), call.input, room.envelope) as never;
  return {
    delayMs,
    work: withLateAnswer(lateMs, () => definition.handler(contextOf(kernel, call), parameters)),
  };
}

/** With the region of the host or the header as the parameter, which is what the schemas know. */
function withRegion(
  input: Record<string, unknown>,
  { region, from }: CallRegion,
  style: "RPC" | "ROA",
): Record<string, unknown> {
  if (from === "parameter" || from === "setting") return input;
  return { ...input, [style === "ROA" ? "regionId" : "RegionId"]: region };
}
