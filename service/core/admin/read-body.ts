import type { IncomingMessage } from "node:http";
import { ServiceError } from "../../../contract/errors/index.ts";
import { parseJson } from "../../../contract/limits/shape.ts";
import { hasBody, type ReceivedBody, readBody, readChunks } from "../http/body.ts";
import { type Form, openJsonStream } from "../http/json-stream.ts";
import { AdminError, type AdminParts, type AdminRoute, badRequest } from "./route.ts";

/** The body as the route takes it: undefined when there is none, or when nobody would look at it. */
export async function readJson(parts: AdminParts, route: AdminRoute, req: IncomingMessage): Promise<unknown> {
  if (!hasBody(req) || route.method === "GET" || route.method === "DELETE") return undefined;
  return route.large ? readLarge(parts, route.large, req) : readSmall(parts, req);
}

async function readSmall({ options, bodies }: AdminParts, req: IncomingMessage): Promise<unknown> {
  const { bodyBytesMax, bodyMsMax } = options.limits;
  const bounds = { bytesMax: bodyBytesMax, msMax: bodyMsMax, budget: bodies };
  const body = await new Promise<ReceivedBody>((resolve, reject) =>
    readBody(req, bounds, (one) => (one && "bytes" in one ? resolve(one) : reject(one ?? clientGoneError()))),
  );
  try {
    if (body.bytes.length === 0) return undefined;
    const parsed = parseJson(Buffer.from(body.bytes).toString("utf8"));
    if ("problem" in parsed) throw badRequest(`the body ${parsed.problem}`);
    return parsed.value;
  } finally {
    body.release();
  }
}

/** Held to its form as it arrives: it may be too large to be looked at afterwards. */
async function readLarge(
  { options, snapshots }: AdminParts,
  form: Form,
  req: IncomingMessage,
): Promise<unknown> {
  const { snapshotBytesMax, snapshotValuesMax, bodyMsMax } = options.limits;
  const bounds = { bytesMax: snapshotBytesMax, msMax: bodyMsMax, budget: snapshots };
  const stream = openJsonStream(form, snapshotValuesMax);
  const release = await new Promise<() => void>((resolve, reject) =>
    readChunks(
      req,
      bounds,
      (chunk) => stream.push(chunk),
      (end) => (typeof end === "function" ? resolve(end) : reject(end ?? clientGoneError())),
    ),
  ).catch((error: unknown) => {
    throw error instanceof ServiceError || error instanceof AdminError ? error : unreadableBodyError(error);
  });
  try {
    return stream.end();
  } catch (error) {
    throw unreadableBodyError(error);
  } finally {
    release();
  }
}

function unreadableBodyError(error: unknown): AdminError {
  return badRequest(`the body ${(error as Error).message}`);
}

function clientGoneError(): AdminError {
  return badRequest("the client has gone");
}
