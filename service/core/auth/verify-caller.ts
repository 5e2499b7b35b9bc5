import { GATEWAY_ERRORS, ServiceError, serviceError } from "../../../contract/errors/index.ts";
import type { AccessKey, KeyStore } from "./access-keys.ts";
import type { Nonces } from "./nonces.ts";
import {
  type ClaimedSignature,
  parseTimestamp,
  readClaim,
  type SignatureParams,
  type SignedRequest,
  signatureMismatch,
  TIMESTAMP_WINDOW_MS,
  verifySignature,
} from "./signature.ts";

interface CallerChecks {
  readonly keys: KeyStore;
  readonly nonces: Nonces;
  now(): number;
}

/**
 * Verifies who calls, in an order that tells a stranger nothing: key known, key active, its token, the time,
 * the signature, and only then the nonce, so that a bad signature burns none. Throws the gateway's errors.
 */
export function verifyCaller(
  checks: CallerChecks,
  request: SignedRequest,
  params: SignatureParams,
): AccessKey {
  const claim = readClaim(request, params);
  if (claim instanceof ServiceError) throw claim;
  const key = checks.keys.find(claim.accessKeyId);
  if (!key) throw serviceError(GATEWAY_ERRORS.InvalidAccessKeyIdNotFound);
  if (!key.active) throw serviceError(GATEWAY_ERRORS.InvalidAccessKeyIdInactive);
  checkToken(key, claim, checks.now());
  const signedMs = checkTime(claim, checks.now());
  const verification = verifySignature(request, params, claim, key.secret);
  if (!verification.ok) throw signatureMismatch(request, params, verification);
  // Two of the older ROA clients send no nonce; they are protected by the time window alone.
  if (claim.nonce !== undefined && !checks.nonces.take(claim.accessKeyId, claim.nonce, signedMs)) {
    throw serviceError(GATEWAY_ERRORS.SignatureNonceUsed);
  }
  return key;
}

function checkToken(key: AccessKey, claim: ClaimedSignature, nowMs: number): void {
  if (key.token !== undefined && claim.securityToken === undefined) {
    throw serviceError(GATEWAY_ERRORS.MissingSecurityToken);
  }
  if (claim.securityToken !== key.token) throw serviceError(GATEWAY_ERRORS.InvalidSecurityTokenMismatch);
  if (key.expiresAtMs !== undefined && key.expiresAtMs <= nowMs) {
    throw serviceError(GATEWAY_ERRORS.InvalidSecurityTokenExpired);
  }
}

/** The time that was signed. */
function checkTime(claim: ClaimedSignature, nowMs: number): number {
  const sentMs = parseTimestamp(claim.timestamp ?? "", claim.scheme);
  if (sentMs === undefined) throw serviceError(GATEWAY_ERRORS.InvalidTimeStampFormat);
  if (Math.abs(nowMs - sentMs) > TIMESTAMP_WINDOW_MS) {
    throw serviceError(GATEWAY_ERRORS.InvalidTimeStampExpired, {
      detail: `The service's clock says ${new Date(nowMs).toISOString()}.`,
    });
  }
  return sentMs;
}
