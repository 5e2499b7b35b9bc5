import { createHmac, timingSafeEqual } from "node:crypto";
import type { Metadata } from "@grpc/grpc-js";
import type { MessagingBackend } from "./backend.ts";
import { Refusal } from "./status.ts";

const SCHEME = "MQv2-HMAC-SHA1";
const HEADER_CHARS_MAX = 2048;
const SIGNATURE_BYTES = 20;

export function headerOf(metadata: Metadata, name: string): string {
  const [value = ""] = metadata.get(name);
  return String(value);
}

/**
 * Lets a caller in whose account and signature are right, or one without an account where that is allowed. Rejects with
 * UNAUTHORIZED. Which of the two was wrong is not told. The time that is signed may be any: the published server bounds it
 * neither, and a client's clock may be wrong.
 */
export async function authenticate(metadata: Metadata, backend: MessagingBackend): Promise<void> {
  const signed = headerOf(metadata, "x-mq-date-time");
  const parts = partsOf(headerOf(metadata, "authorization"));
  const { Credential: credential = "", Signature: signature = "" } = parts;
  const [username = ""] = credential.split("/");
  // Some clients sign with an empty account where they have none.
  if (username === "" && backend.allowsAnonymous) return;
  if (username === "" || signed === "")
    throw new Refusal(
      "UNAUTHORIZED",
      `this instance asks for an account: the client has to send "${SCHEME} Credential=..., ..." as authorization`,
    );
  const secret = await backend.secretOf(username);
  // The work is the same where there is no such account.
  const expected = createHmac("sha1", secret ?? "none")
    .update(signed)
    .digest();
  const given = Buffer.alloc(SIGNATURE_BYTES);
  const isWhole =
    given.write(signature, "hex") === SIGNATURE_BYTES && signature.length === SIGNATURE_BYTES * 2;
  const isEqual = timingSafeEqual(expected, given);
  if (secret === undefined || !isWhole || !isEqual)
    throw new Refusal(
      "UNAUTHORIZED",
      "the account is unknown, switched off, or its password is another: check the client's credentials",
    );
}

function partsOf(header: string): Partial<Record<string, string>> {
  if (header.length > HEADER_CHARS_MAX || !header.startsWith(`${SCHEME} `)) return {};
  const pairs = header.slice(SCHEME.length).split(",");
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}
