/** The client's end of one connection. */
export class Peer {
  /** `host:port`. */
  readonly address: string;
  readonly connectedAtMs: number;
  /** As the client says it, shortened. */
  clientId = "";
  software: string | undefined;
  version: string | undefined;
  /** False at once when the connection is closed from either side. */
  isOpen = true;
  readonly #host: string;
  readonly #onClose = new Set<() => void>();

  constructor(host: string, port: number, connectedAtMs: number) {
    this.#host = plainHost(host);
    this.address = `${host.includes(":") ? `[${host}]` : host}:${port}`;
    this.connectedAtMs = connectedAtMs;
  }

  /** Whether both may belong to one process: it gives the same name, from the same machine. Two processes may as well. */
  mayBe(other: Peer): boolean {
    return this.clientId === other.clientId && this.#host === other.#host;
  }

  close(): void {
    this.isOpen = false;
    for (const listener of this.#onClose) listener();
    this.#onClose.clear();
  }

  /** Returns what ends it. Called once at most, never when the connection is closed already. */
  onClose(listener: () => void): () => void {
    this.#onClose.add(listener);
    return () => void this.#onClose.delete(listener);
  }
}

/** A client may come by one address of this machine first, and by another one later. */
function plainHost(host: string): string {
  const plain = host.replace(/^::ffff:/, "");
  return plain === "::1" || plain.startsWith("127.") ? "loopback" : plain;
}
