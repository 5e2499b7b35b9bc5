import type { KeyStore } from "../auth/access-keys.ts";
import type { Nonces } from "../auth/nonces.ts";
import type { Faults } from "../faults/fault-rules.ts";
import type { BodyBudget } from "../http/body.ts";
import type { Gate } from "../http/gate.ts";
import type { Journal } from "../http/journal.ts";
import type { Form } from "../http/json-stream.ts";
import type { OriginCheck } from "../http/origin-check.ts";
import type { MovableClock } from "../kit/clock.ts";
import type { Kernel } from "../kit/kernel.ts";
import type { Rooms } from "../kit/open-rooms.ts";
import type { ServiceOptions } from "../settings/service-options.ts";

/** What the service's own pages work on. */
export interface AdminParts {
  readonly kernel: Kernel;
  readonly clock: MovableClock;
  readonly options: ServiceOptions;
  readonly rooms: Rooms;
  readonly keys: KeyStore;
  readonly nonces: Nonces;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly gate: Gate;
  readonly originCheck: OriginCheck;
  readonly bodies: BodyBudget;
  readonly snapshots: BodyBudget;
  /** Absent until the rooms are open and seeded. */
  ready(): boolean;
  address(): { host: string; port: number };
  readonly version: string;
  readonly startedMs: number;
}

export interface AdminRequest {
  readonly method: string;
  /** Behind `/_service/`, split at `/`, decoded. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  /** The JSON body, undefined when there is none. */
  readonly body: unknown;
}

/** `path` is what follows `/_service/`; a segment `:name` takes anything. */
export interface AdminRoute {
  readonly method: "GET" | "POST" | "DELETE" | "PATCH";
  readonly path: string;
  /** Takes a body as large as a snapshot, of this form. */
  readonly large?: Form;
  /** Its answer is large and handed back as it is, so it is not indented. */
  readonly whole?: boolean;
  /** Answered to anybody, without the service token and before the service is ready. */
  readonly open?: boolean;
  handle(parts: AdminParts, request: AdminRequest): object | Promise<object>;
}

/** A refusal of the service's own pages: `{ "error": { "code", "message" } }`. */
export class AdminError extends Error {
  readonly httpStatus: number;
  readonly code: string;

  constructor(httpStatus: number, code: string, message: string) {
    super(message);
    this.httpStatus = httpStatus;
    this.code = code;
  }
}

export function badRequest(message: string): AdminError {
  return new AdminError(400, "BadRequest", message);
}

export function notFound(message: string): AdminError {
  return new AdminError(404, "NotFound", message);
}
