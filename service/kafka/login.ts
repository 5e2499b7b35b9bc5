import type { KafkaBackend, KafkaPrincipal } from "./backend.ts";

/** The one mechanism that is offered. */
export const MECHANISM = "PLAIN";
/** Slows down whoever tries passwords. */
const REFUSED_AFTER_MS = 100;
const TOKEN_BYTES_MAX = 1_024;

/** The login of one connection: a handshake that names the mechanism, then one token. Once, and never again. */
export class Login {
  readonly #backend: KafkaBackend;
  readonly #admit: (principal: KafkaPrincipal) => boolean;
  #state: "new" | "raw token" | "token" | "asking" | "done" = "new";
  principal: KafkaPrincipal | undefined;
  /** Why it was refused: for the log, never for the client. */
  refusal: string | undefined;

  /** `admit` may turn a user away who gave the right password. */
  constructor(backend: KafkaBackend, admit: (principal: KafkaPrincipal) => boolean) {
    this.#backend = backend;
    this.#admit = admit;
  }

  /** True while the next frame is a token without a header, as it follows version 0 of the handshake. */
  get expectsRawToken(): boolean {
    return this.#state === "raw token";
  }

  get hasFailed(): boolean {
    return this.#state === "done" && this.principal === undefined;
  }

  /** False when it is not the time for it. */
  handshake(isRaw: boolean): boolean {
    if (this.#state !== "new") return false;
    this.#state = isRaw ? "raw token" : "token";
    return true;
  }

  /** Whether the token was right; false as well when it is not the time for one. */
  async authenticate(token: Uint8Array): Promise<boolean> {
    if (this.#state !== "token" && this.#state !== "raw token") return false;
    this.#state = "asking";
    const given = partsOf(token);
    const principal = given && (await this.#backend.authenticate(given.user, given.password));
    if (principal && this.#admit(principal)) this.principal = principal;
    else {
      this.refusal = refusalOf(given, principal);
      await new Promise((resolve) => setTimeout(resolve, REFUSED_AFTER_MS));
    }
    this.#state = "done";
    return this.principal !== undefined;
  }
}

function refusalOf(given: object | undefined, principal: KafkaPrincipal | undefined): string {
  if (!given) return "no user name and password as SASL/PLAIN has them";
  if (!principal) return "the user name, which is <account>-<group id>, or the password is wrong";
  return `the connection is closed, or too many of the group ${principal.groupId} are open`;
}

/** RFC 4616: `[authzid] NUL authcid NUL passwd`. Acting for somebody else is not offered. */
function partsOf(token: Uint8Array): { user: string; password: string } | undefined {
  if (token.length > TOKEN_BYTES_MAX) return undefined;
  const [actsFor, user, password, ...more] = Buffer.from(token).toString("utf8").split("\0");
  if (!user || password === undefined || more.length > 0) return undefined;
  return actsFor === "" || actsFor === user ? { user, password } : undefined;
}
