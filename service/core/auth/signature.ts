import { hash } from "node:crypto";
import { GATEWAY_ERRORS, type ServiceError, serviceError } from "../../../contract/errors/index.ts";
import { pairsWithoutSecrets } from "../../../contract/secrets/index.ts";
import type {
  ClaimedSignature,
  SignatureParams,
  SignatureScheme,
  SignedRequest,
  Verification,
} from "../../../contract/signature/types.ts";
import { readV3, verifyV3 } from "../../../contract/signature/v3.ts";
import { readRoaV1, roaV1WithoutSecrets, verifyRoaV1 } from "./roa-v1.ts";
import { readRpcV1, stringToSignRpcV1, verifyRpcV1 } from "./rpc-v1.ts";

export { percentEncode } from "../../../contract/signature/encode.ts";
export type {
  ClaimedSignature,
  SignatureParams,
  SignedRequest,
} from "../../../contract/signature/types.ts";
export { parseTimestamp, TIMESTAMP_WINDOW_MS } from "./timestamp.ts";

/** The `Authorization` header decides; without one the call can only be signed in its parameters. */
export function detectScheme(req: Pick<SignedRequest, "headers">): SignatureScheme {
  const authorization = req.headers.authorization;
  if (authorization === undefined) return "rpc-v1";
  if (authorization.startsWith("ACS3-")) return "v3";
  return authorization.startsWith("acs ") ? "roa-v1" : "rpc-v1";
}

/**
 * Reads who the caller claims to be. Verifies nothing. A request that lacks a part of its signature gives
 * the gateway's error as a value.
 */
export function readClaim(req: SignedRequest, params: SignatureParams): ClaimedSignature | ServiceError {
  const scheme = detectScheme(req);
  if (scheme === "v3") return readV3(req);
  return scheme === "roa-v1" ? readRoaV1(req) : readRpcV1(params);
}

/**
 * Whether the claim was signed with `secret`, in constant time. The usual form is computed first and alone;
 * only when it fails are the other forms tried that official clients are known to sign. Throws
 * `InvalidParameter.Format` for a query that cannot be decoded.
 */
export function verifySignature(
  req: SignedRequest,
  params: SignatureParams,
  claim: ClaimedSignature,
  secret: string,
): Verification {
  const verification = verifyScheme(req, params, claim, secret);
  const md5 = req.headers["content-md5"];
  if (!verification.ok || !md5) return verification;
  if (hash("md5", req.body, "base64") === md5) return verification;
  return { ok: false, stringToSign: "", problem: "Content-MD5 is not the MD5 of the body." };
}

function verifyScheme(
  req: SignedRequest,
  params: SignatureParams,
  claim: ClaimedSignature,
  secret: string,
): Verification {
  if (claim.scheme === "v3") return verifyV3(req, claim, secret);
  return claim.scheme === "roa-v1"
    ? verifyRoaV1(req, claim, secret)
    : verifyRpcV1(req, params, claim, secret);
}

/** Of a string to sign; a body of megabytes is not sent back five times as large. */
const SHOWN_MAX = 200_000;

/**
 * The gateway's answer to a failed verification. Clients look for exactly `server string to sign is:` with
 * the string right behind it: equal to their own, they say that the secret is wrong. What is secret in it
 * (parameters, members of JSON strings, the security token) is written as `***`, so for these calls alone the
 * strings differ. The string of V3 is a digest and holds nothing.
 */
export function signatureMismatch(
  req: SignedRequest,
  params: SignatureParams,
  failure: Extract<Verification, { ok: false }>,
): ServiceError {
  const text = failure.stringToSign === "" ? "" : shownStringToSign(req, params, failure.stringToSign);
  const problem = failure.problem === undefined ? "" : ` ${failure.problem}`;
  return serviceError(GATEWAY_ERRORS.SignatureDoesNotMatch, {
    message: `${GATEWAY_ERRORS.SignatureDoesNotMatch.message}${problem} server string to sign is:`,
    suffix: text.slice(0, SHOWN_MAX),
  });
}

function shownStringToSign(req: SignedRequest, params: SignatureParams, stringToSign: string): string {
  const scheme = detectScheme(req);
  if (scheme === "v3") return stringToSign;
  if (scheme === "roa-v1") return roaV1WithoutSecrets(req, stringToSign);
  const signed = params.filter(([name]) => name !== "Signature");
  const shown = pairsWithoutSecrets(signed);
  const isSame = shown.every(([, value], i) => value === signed[i]?.[1]);
  return isSame ? stringToSign : stringToSignRpcV1(req.method, shown);
}
