import type { GroupSession, KafkaBackend, KafkaClient } from "../backend.ts";
import { ERROR_CODE, type ErrorCode } from "../error-code.ts";
import type { KafkaLog } from "../kafka-log.ts";
import type { KafkaLimits } from "../limits.ts";
import type { Peer } from "../peer.ts";
import { type Joined, type JoinRequest, type Member, Membership } from "./membership.ts";
import { type ReadingMode, ReadingTurn, type Turn } from "./reading-turn.ts";

/**
 * A group: one client session at a time. A session is a member (SUBSCRIBE), or who fetches without being one (ASSIGN), with
 * all its connections. Whoever comes beside it is refused and counted while it lives.
 */
export class Group {
  readonly id: string;
  readonly #backend: KafkaBackend;
  readonly #log: KafkaLog;
  readonly #members: Membership;
  readonly #turn: ReadingTurn;
  #fetched: { readonly offset: number; readonly atMs: number } | undefined;
  /** The connection that last committed for a reader that is no member. */
  #committer: Peer | undefined;
  #refusedJoins = 0;
  readonly #refusedJoiners = new WeakSet<Peer>();
  #told = "";
  #toldRefused = 0;

  constructor(id: string, backend: KafkaBackend, limits: KafkaLimits, log: KafkaLog) {
    this.id = id;
    this.#backend = backend;
    this.#log = log;
    this.#members = new Membership(limits);
    this.#turn = new ReadingTurn(limits.readerMsMax);
  }

  /** State as Apache Kafka names it. */
  description(nowMs: number): { readonly state: string; readonly member: Member | undefined } {
    const member = this.#members.present(nowMs);
    if (!member) return { state: "Empty", member };
    return { state: member.assignment ? "Stable" : "CompletingRebalance", member };
  }

  join(request: JoinRequest, peer: Peer, version: number, nowMs: number): Joined {
    const isRefused = this.#isTakenFrom(peer, nowMs);
    const joined = this.#members.join(request, peer, version, isRefused, nowMs);
    const isTurnedAway =
      "errorCode" in joined &&
      isRefused &&
      (joined.errorCode === ERROR_CODE.groupMaxSizeReached ||
        joined.errorCode === ERROR_CODE.groupAuthorizationFailed);
    if (isTurnedAway && !this.#refusedJoiners.has(peer)) {
      this.#refusedJoiners.add(peer);
      this.#refusedJoins += 1;
    }
    this.tell(nowMs);
    return joined;
  }

  /** See `Membership.check`. */
  check(memberId: string, generation: number, peer: Peer, nowMs: number): Member | ErrorCode {
    return this.#members.check(memberId, generation, peer, nowMs);
  }

  leave(memberId: string, instanceId: string | null, nowMs: number): ErrorCode {
    const member = this.#members.member(nowMs);
    const code = this.#members.leave(memberId, instanceId, nowMs);
    if (member && !this.#members.member(nowMs) && this.#turn.reader(nowMs)?.peer.mayBe(member.peer))
      this.#turn.leave();
    this.tell(nowMs);
    return code;
  }

  /** Whether this connection may read now. */
  ask(peer: Peer, nowMs: number): Turn {
    const member = this.#members.present(nowMs);
    const isForeign = member !== undefined && !member.peer.mayBe(peer);
    const mode: ReadingMode = member ? "SUBSCRIBE" : "ASSIGN";
    const turn = isForeign ? this.#turn.refuse(peer) : this.#turn.ask(peer, mode, nowMs);
    this.tell(nowMs);
    return turn;
  }

  /**
   * Takes the group for somebody inside this process, who has it until its peer is closed, however seldom it reads. False while
   * a client has it.
   */
  hold(peer: Peer, nowMs: number): boolean {
    const member = this.#members.present(nowMs);
    const reader = this.#turn.reader(nowMs);
    if (member || (reader && reader.peer !== peer)) return false;
    // An asker that is never answered keeps its turn.
    const turn = this.#turn.ask(peer, "ASSIGN", nowMs);
    this.tell(nowMs);
    return turn === "granted";
  }

  /** What a holder has read. */
  heldRead(nextOffset: number, nowMs: number): void {
    this.#fetched = { offset: nextOffset, atMs: nowMs };
    this.#backend.observe(this.id, this.session(nowMs));
  }

  /** What was asked for has been sent, or was not there in time; `nextOffset` is behind the last record sent. */
  answered(peer: Peer, nextOffset: number | undefined, nowMs: number): void {
    this.#turn.answered(peer, nowMs);
    if (nextOffset === undefined) return;
    this.#fetched = { offset: nextOffset, atMs: nowMs };
    this.#backend.observe(this.id, this.session(nowMs));
  }

  /**
   * Whether this connection may move the group's position. A member by its id and generation; without them only the
   * session that reads, or anybody while there is none.
   */
  mayCommit(memberId: string, generation: number, peer: Peer, nowMs: number): ErrorCode {
    if (generation >= 0 || memberId !== "") {
      const member = this.check(memberId, generation, peer, nowMs);
      if (typeof member === "number") return member;
      return member.assignment ? ERROR_CODE.none : ERROR_CODE.rebalanceInProgress;
    }
    if (this.#members.present(nowMs)) return ERROR_CODE.unknownMemberId;
    const reader = this.#turn.reader(nowMs);
    if (reader && reader.peer !== peer && !reader.peer.mayBe(peer)) return ERROR_CODE.unknownMemberId;
    // Both clients have the same name and machine: the one that committed before goes on.
    const other = this.#committer?.isOpen && this.#committer !== peer;
    if (reader && reader.peer !== peer && other && this.#turn.isContested) return ERROR_CODE.unknownMemberId;
    this.#committer = peer;
    return ERROR_CODE.none;
  }

  session(nowMs: number): GroupSession {
    const client = this.#client(nowMs);
    const fetched = this.#fetched;
    return {
      clients: client ? [client] : [],
      refused: this.#turn.refusedCount + this.#refusedJoins,
      ...(fetched && { fetchedOffset: fetched.offset, fetchedAtMs: fetched.atMs }),
    };
  }

  /** Tells the backend when the clients or the refusals are others than the last time. */
  tell(nowMs: number): void {
    const session = this.session(nowMs);
    const { clients, refused } = session;
    const now = `${refused} ${clients.map((one) => `${one.address} ${one.mode}`).join()}`;
    if (now === this.#told) return;
    this.#told = now;
    if (refused > this.#toldRefused) this.#logRefusal(clients[0]);
    this.#toldRefused = refused;
    this.#backend.observe(this.id, session);
  }

  #logRefusal(holder: KafkaClient | undefined): void {
    const who = holder ? `${holder.clientId} at ${holder.address}` : "another client";
    this.#log("warn", "kafka.second-client-refused", {
      group: this.id,
      reason: `one client of a group at a time, and ${who} is reading; give each program a group of its own`,
    });
  }

  #client(nowMs: number): KafkaClient | undefined {
    const member = this.#members.present(nowMs);
    const reader = this.#turn.reader(nowMs);
    const peer = reader?.peer ?? member?.peer;
    if (!peer) return undefined;
    return {
      clientId: peer.clientId,
      address: peer.address,
      connectedAtMs: peer.connectedAtMs,
      ...(peer.software !== undefined && { software: peer.software }),
      ...(peer.version !== undefined && { version: peer.version }),
      mode: member ? "SUBSCRIBE" : (reader?.mode ?? "ASSIGN"),
    };
  }

  #isTakenFrom(peer: Peer, nowMs: number): boolean {
    const member = this.#members.present(nowMs);
    if (member) return member.peer !== peer;
    const reader = this.#turn.reader(nowMs);
    if (!reader || reader.peer === peer) return false;
    // A subscriber that was thrown out, or whose membership ended with an earlier listener, joins anew while its other
    // connection still fetches. A second client that looks the same is refused when both fetch.
    return !reader.peer.mayBe(peer);
  }
}
