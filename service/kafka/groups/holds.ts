import { Peer } from "../peer.ts";
import type { Group } from "./group.ts";

/** A group that somebody inside this process has, as its one client. */
export interface Hold {
  /** False when the group has gone, or the hold was released. */
  readonly isOpen: boolean;
  /** What was read last. */
  read(nextOffset: number): void;
  release(): void;
}

/** Where clients of this process are shown to be. */
const HERE = "127.0.0.1";

export class Holds {
  readonly #group: (id: string) => Group;
  readonly #now: () => number;
  readonly #peers = new Map<string, Peer>();

  constructor(group: (id: string) => Group, now: () => number) {
    this.#group = group;
    this.#now = now;
  }

  /** Undefined while another client has the group. */
  take(groupId: string, clientId: string): Hold | undefined {
    const group = this.#group(groupId);
    const peer = new Peer(HERE, 0, this.#now());
    peer.clientId = clientId;
    if (this.#peers.has(groupId) || !group.hold(peer, this.#now())) return undefined;
    this.#peers.set(groupId, peer);
    return {
      get isOpen() {
        return peer.isOpen;
      },
      read: (nextOffset) => {
        if (peer.isOpen) group.heldRead(nextOffset, this.#now());
      },
      release: () => {
        if (!peer.isOpen) return;
        peer.close();
        this.#peers.delete(groupId);
        group.tell(this.#now());
      },
    };
  }

  /** There is no such group any more. */
  forget(groupId: string): void {
    this.#peers.get(groupId)?.close();
    this.#peers.delete(groupId);
  }

  close(): void {
    for (const groupId of this.#peers.keys()) this.forget(groupId);
  }
}
