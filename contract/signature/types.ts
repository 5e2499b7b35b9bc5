import type { Pair } from "../wire/query.ts";

/** One HTTP request as it came off the wire, nothing decoded. */
export interface SignedRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly rawPath: string;
  /** As sent, without the question mark. */
  readonly rawQuery: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The three published ways to sign: V1 of RPC products, V1 of ROA products, and V3 (ACS3) of both. */
export type SignatureScheme = "rpc-v1" | "roa-v1" | "v3";

/** What the caller claims to be, read before anything is verified. */
export interface ClaimedSignature {
  readonly scheme: SignatureScheme;
  readonly accessKeyId: string;
  /** Base64 in the V1 schemes, hex in V3. */
  readonly signature: string;
  readonly nonce?: string;
  /** As sent; see `parseTimestamp`. */
  readonly timestamp?: string;
  /** Absent when empty. */
  readonly securityToken?: string;
  /** V3 only: the names of the signed headers, as listed by the caller. */
  readonly signedHeaders?: readonly string[];
}

/** Query and form of an RPC call, merged; for ROA and V3 the signature does not look at it. */
export type SignatureParams = readonly Pair[];

export type Verification =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** What the usual form gives. May hold parameters that are secret: answer it through `signatureMismatch`. */
      readonly stringToSign: string;
      /** What is wrong when it is not the signature itself, for example a body that does not match its hash. */
      readonly problem?: string;
    };
