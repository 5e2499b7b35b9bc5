import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { KafkaPrincipal } from "../../kafka/backend.ts";

const KNOWN_MS_MAX = 60_000;
const KNOWN_MAX = 1_000;

interface Known {
  readonly digest: Buffer;
  readonly principal: KafkaPrincipal;
  readonly untilMs: number;
}

/** Users who have just logged in, so that each of a client's connections does not cost a slow hash again. */
export class Credentials {
  readonly #key = randomBytes(32);
  readonly #known = new Map<string, Known>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  find(user: string, password: string): KafkaPrincipal | undefined {
    const known = this.#known.get(user);
    if (!known || known.untilMs < this.#now()) return undefined;
    return timingSafeEqual(known.digest, this.#digest(password)) ? known.principal : undefined;
  }

  keep(user: string, password: string, principal: KafkaPrincipal): void {
    if (this.#known.size >= KNOWN_MAX) this.#known.clear();
    this.#known.set(user, {
      digest: this.#digest(password),
      principal,
      untilMs: this.#now() + KNOWN_MS_MAX,
    });
  }

  /** Of one group: its account or password has changed, or it is gone. */
  forget(groupId: string): void {
    for (const [user, { principal }] of this.#known) {
      if (principal.groupId === groupId) this.#known.delete(user);
    }
  }

  #digest(password: string): Buffer {
    return createHmac("sha256", this.#key).update(password).digest();
  }
}
