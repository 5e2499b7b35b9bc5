import type { IncomingMessage } from "node:http";
import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { parseJson } from "../../../contract/limits/shape.ts";
import { unflatten } from "../../../contract/wire/flatten.ts";
import { mergeParams, type Pair, parsePairs } from "../../../contract/wire/query.ts";
import { detectScheme, type SignedRequest } from "../auth/signature.ts";
import type { ProductRoom } from "../kit/product-room.ts";
import { actionNotServedError } from "./action-not-served.ts";
import { declaredCase } from "./decode-parameters.ts";
import type { RoutedAction, Router } from "./router.ts";

/** Sorting and signing grow with the number of parameters; no published call has a tenth of this. */
const PARAMETERS_MAX = 10_000;
/** A name as sent. The longest published path has some 80 characters. */
const NAME_CHARS_MAX = 1_000;

/** What a request asks for, read before anybody is verified. */
interface Target {
  readonly request: SignedRequest;
  readonly style: "RPC" | "ROA";
  readonly version: string;
  /** Empty in ROA, where method and path decide. */
  readonly action: string;
  readonly room: ProductRoom | undefined;
  /** Query and form merged; in ROA the query alone. */
  readonly params: readonly Pair[];
}

interface Resolved {
  readonly action: RoutedAction;
  readonly pathParams: Readonly<Record<string, string>>;
}

/** The request as the signatures see it. Header names cannot reach Object's own members. */
export function signedRequest(req: IncomingMessage, body: Uint8Array): SignedRequest {
  const url = originForm(req.url ?? "/");
  const mark = url.indexOf("?");
  const headers = { __proto__: null, ...req.headers } as unknown as Record<string, string>;
  // The only header Node gives as a list.
  delete headers["set-cookie"];
  return {
    method: req.method ?? "GET",
    rawPath: mark < 0 ? url : url.slice(0, mark),
    rawQuery: mark < 0 ? "" : url.slice(mark + 1),
    headers,
    body,
  };
}

/** Proxies may send the whole URL in the request line. */
export function originForm(url: string): string {
  if (url.startsWith("/")) return url;
  const rest = /^https?:\/\/[^/?]*(.*)$/i.exec(url)?.[1];
  if (rest === undefined) return url;
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/** Throws `MissingAction`, `MissingVersion`, or `InvalidApi.NotFound` for an unsigned call elsewhere than `/`. */
export function identify(request: SignedRequest, router: Router): Target {
  const scheme = detectScheme(request);
  if (scheme === "rpc-v1") return identifyRpcV1(request, router);
  const version = request.headers["x-acs-version"];
  if (!version) throw serviceError(GATEWAY_ERRORS.Missing, { parameter: "Version" });
  const room = router.room(version);
  const style = scheme === "roa-v1" ? "ROA" : (room?.style ?? (request.rawPath === "/" ? "RPC" : "ROA"));
  const query = pairsOf(request.rawQuery);
  if (style === "ROA") return { request, style, version, action: "", room, params: query };
  const action = request.headers["x-acs-action"];
  if (!action) throw serviceError(GATEWAY_ERRORS.Missing, { parameter: "Action" });
  return { request, style, version, action, room, params: mergeParams(query, formOf(request)) };
}

function identifyRpcV1(request: SignedRequest, router: Router): Target {
  if (request.rawPath !== "/") {
    const room = router.room(request.headers["x-acs-version"] ?? "");
    if (room?.style === "ROA") throw serviceError(GATEWAY_ERRORS.Missing, { parameter: "Authorization" });
    throw serviceError(GATEWAY_ERRORS.InvalidApiNotFound);
  }
  // Its signature covers query and form: whoever stands between could put in anything else.
  if (isJson(request)) {
    throw formatError(
      "This signature does not cover a JSON body; send the parameters in the query or as a form.",
    );
  }
  const params = mergeParams(pairsOf(request.rawQuery), formOf(request));
  const action = lastOf(params, "Action");
  if (!action) throw serviceError(GATEWAY_ERRORS.Missing, { parameter: "Action" });
  const version = lastOf(params, "Version");
  if (!version) throw serviceError(GATEWAY_ERRORS.Missing, { parameter: "Version" });
  return { request, style: "RPC", version, action, room: router.room(version), params };
}

/** Finds the action of a verified call. Throws the gateway's errors. */
export function resolve(target: Target, router: Router): Resolved {
  const { request, room } = target;
  if (!room) throw serviceError(GATEWAY_ERRORS.InvalidVersion);
  if (room.style !== target.style) throw serviceError(GATEWAY_ERRORS.InvalidApiNotFound);
  if (target.style === "ROA") {
    const match = router.roa(target.version, request.method, request.rawPath);
    if (!match)
      throw actionNotServedError(room, { action: "", method: request.method, rawPath: request.rawPath });
    return match;
  }
  if (!/^(GET|POST|PUT)$/.test(request.method)) throw serviceError(GATEWAY_ERRORS.UnsupportedHTTPMethod);
  if (request.rawPath !== "/") throw serviceError(GATEWAY_ERRORS.InvalidApiNotFound);
  const action = router.rpc(target.version, target.action);
  if (!action) {
    throw actionNotServedError(room, {
      action: target.action,
      method: request.method,
      rawPath: request.rawPath,
    });
  }
  return { action, pathParams: {} };
}

/** Gathers the parameters of a call that may be made. Throws the gateway's errors. */
export function inputOf({ request, style, params }: Target, resolved: Resolved): Record<string, unknown> {
  const declared = resolved.action.request();
  if (style === "ROA") {
    const input = { ...roaQuery(params), ...jsonBody(request) };
    return { ...declaredCase(declared, input), ...resolved.pathParams };
  }
  const input = { ...unflatten(params), ...(isJson(request) ? jsonBody(request) : {}) };
  return declaredCase(declared, input);
}

/** Tag calls may send lists as `tagKey.1=` where JSON text is usual; plain names keep their case. */
function roaQuery(pairs: readonly Pair[]): Record<string, unknown> {
  return pairs.some(([name]) => name.includes(".")) ? unflatten(pairs) : Object.fromEntries(pairs);
}

function isJson(request: SignedRequest): boolean {
  return request.body.length > 0 && /json/i.test(request.headers["content-type"] ?? "");
}

/** Content types cannot be relied on in ROA: whatever body there is must be a JSON object. */
function jsonBody(request: SignedRequest): Record<string, unknown> {
  if (request.body.length === 0) return {};
  const parsed = parseJson(Buffer.from(request.body).toString("utf8"));
  if ("problem" in parsed) {
    throw formatError(`The body ${parsed.problem}.`);
  }
  const { value } = parsed;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw formatError("The body must be a JSON object.");
  }
  return value as Record<string, unknown>;
}

function formOf(request: SignedRequest): Pair[] {
  if (request.body.length === 0 || isJson(request)) return [];
  if (/^multipart\//i.test(request.headers["content-type"] ?? "")) {
    throw formatError("Multipart bodies are not read; send the parameters as a form or as JSON.");
  }
  return pairsOf(Buffer.from(request.body).toString("utf8"));
}

/** Bounded before anything is decoded or made of it. */
function pairsOf(text: string): Pair[] {
  if (text === "") return [];
  let count = 0;
  for (let from = 0; from <= text.length; ) {
    const end = text.indexOf("&", from);
    const to = end < 0 ? text.length : end;
    count += 1;
    if (count > PARAMETERS_MAX) throw formatError(`A call may have at most ${PARAMETERS_MAX} parameters.`);
    if (to - from > NAME_CHARS_MAX) {
      const equals = text.slice(from, from + NAME_CHARS_MAX + 1).indexOf("=");
      if (equals < 0) throw formatError(`A parameter's name may have at most ${NAME_CHARS_MAX} characters.`);
    }
    from = to + 1;
  }
  return parsePairs(text);
}

function formatError(detail: string) {
  return serviceError(GATEWAY_ERRORS.InvalidParameterFormat, { detail });
}

function lastOf(pairs: readonly Pair[], name: string): string | undefined {
  return pairs.findLast((pair) => pair[0] === name)?.[1];
}
