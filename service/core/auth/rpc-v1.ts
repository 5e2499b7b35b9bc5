import { createHmac } from "node:crypto";
import { GATEWAY_ERRORS, type ServiceError, serviceError } from "../../../contract/errors/index.ts";
import { sameSignature } from "../../../contract/signature/compare.ts";
import { compareBytes, percentEncode } from "../../../contract/signature/encode.ts";
import type {
  ClaimedSignature,
  SignatureParams,
  SignedRequest,
  Verification,
} from "../../../contract/signature/types.ts";

const NEEDED = ["AccessKeyId", "Signature", "SignatureMethod", "Timestamp", "SignatureNonce"] as const;

/** HMAC-SHA1 over the method and the sorted parameters, `Signature` left out, empty values included. */
export function stringToSignRpcV1(method: string, params: SignatureParams): string {
  const encoded: [string, string][] = [];
  for (const [name, value] of params) {
    if (name !== "Signature") encoded.push([name, value]);
  }
  encoded.sort((a, b) => compareBytes(a[0], b[0]));
  let canonical = "";
  for (const [name, value] of encoded) {
    canonical += `${canonical === "" ? "" : "&"}${percentEncode(name)}=${percentEncode(value)}`;
  }
  return `${method}&%2F&${percentEncode(canonical)}`;
}

/** The secret is followed by `&` in this scheme only. */
export function signRpcV1(secret: string, stringToSign: string): string {
  return createHmac("sha1", `${secret}&`).update(stringToSign).digest("base64");
}

/** Reads the system parameters; fails with `Missing{Name}` or `InvalidSignatureMethod`. */
export function readRpcV1(params: SignatureParams): ClaimedSignature | ServiceError {
  const found: Record<string, string> = Object.create(null);
  for (const [name, value] of params) found[name] = value;
  for (const name of NEEDED) {
    if (!found[name]) return serviceError(GATEWAY_ERRORS.Missing, { parameter: name });
  }
  if (found.SignatureMethod !== "HMAC-SHA1") return serviceError(GATEWAY_ERRORS.InvalidSignatureMethod);
  return {
    scheme: "rpc-v1",
    accessKeyId: found.AccessKeyId ?? "",
    signature: found.Signature ?? "",
    nonce: found.SignatureNonce ?? "",
    timestamp: found.Timestamp ?? "",
    ...(found.SecurityToken ? { securityToken: found.SecurityToken } : {}),
  };
}

/** All known clients sign the one form, so there is no second try here. */
export function verifyRpcV1(
  req: SignedRequest,
  params: SignatureParams,
  claim: ClaimedSignature,
  secret: string,
): Verification {
  const stringToSign = stringToSignRpcV1(req.method, params);
  if (sameSignature(signRpcV1(secret, stringToSign), claim.signature)) return { ok: true };
  return { ok: false, stringToSign };
}
