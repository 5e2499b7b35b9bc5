import { randomUUID } from "node:crypto";
import { ERROR_CODE, type ErrorCode } from "../error-code.ts";
import type { KafkaLimits } from "../limits.ts";
import type { Peer } from "../peer.ts";

export interface Member {
  readonly id: string;
  readonly instanceId: string | null;
  /** The connection that last spoke for it. */
  peer: Peer;
  sessionMs: number;
  rebalanceMs: number;
  protocolType: string;
  protocol: Protocol;
  generation: number;
  /** Undefined until the member has said who reads what. */
  assignment: Uint8Array | undefined;
  seenAtMs: number;
}

interface Protocol {
  readonly name: string;
  readonly metadata: Uint8Array;
}

export interface JoinRequest {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly sessionTimeoutMs: number;
  /** -1 where the client cannot say. */
  readonly rebalanceTimeoutMs: number;
  readonly protocolType: string;
  readonly protocols: readonly Protocol[];
}

export type Joined =
  | { readonly member: Member }
  | { readonly errorCode: ErrorCode; readonly memberId?: string };

const PENDING_MAX = 16;
const NAME_IN_ID_MAX = 100;

/**
 * The classic group protocol for one member at a time: it joins alone, leads alone and assigns itself. Each join begins a
 * new generation. A member whose connection is closed is still known when it comes back, but stands in nobody's way.
 */
export class Membership {
  readonly #limits: KafkaLimits;
  #member: Member | undefined;
  #generation = 0;
  /** Ids that were given out and not used yet, and until when they may be. */
  readonly #pending = new Map<string, number>();

  constructor(limits: KafkaLimits) {
    this.#limits = limits;
  }

  /** Undefined when its time is over; its connection may be closed. */
  member(nowMs: number): Member | undefined {
    const member = this.#member;
    if (!member) return undefined;
    const msMax = member.assignment ? member.sessionMs : Math.max(member.sessionMs, member.rebalanceMs);
    if (nowMs - member.seenAtMs >= msMax) this.#member = undefined;
    return this.#member;
  }

  /** The member, unless its connection is closed. */
  present(nowMs: number): Member | undefined {
    const member = this.member(nowMs);
    return member?.peer.isOpen ? member : undefined;
  }

  /** `isRefused`: whether this connection has to be turned away because somebody else has the group. */
  join(request: JoinRequest, peer: Peer, version: number, isRefused: boolean, nowMs: number): Joined {
    const { sessionTimeoutMs, memberId, groupInstanceId } = request;
    const { sessionMsMin, sessionMsMax } = this.#limits;
    if (sessionTimeoutMs < sessionMsMin || sessionTimeoutMs > sessionMsMax) {
      return { errorCode: ERROR_CODE.invalidSessionTimeout };
    }
    const protocol = request.protocols[0];
    if (!protocol || !request.protocolType) return { errorCode: ERROR_CODE.inconsistentGroupProtocol };
    const member = this.member(nowMs);
    if (memberId !== "" && member?.id === memberId) {
      if (member.instanceId !== groupInstanceId) return { errorCode: ERROR_CODE.fencedInstanceId };
      return { member: this.#enter(member.id, request, protocol, peer, nowMs) };
    }
    if (memberId !== "" && !this.#isPending(memberId, nowMs))
      return { errorCode: ERROR_CODE.unknownMemberId };
    if (isRefused)
      return {
        errorCode: version >= 4 ? ERROR_CODE.groupMaxSizeReached : ERROR_CODE.groupAuthorizationFailed,
      };
    if (memberId === "" && version >= 4 && groupInstanceId === null) {
      return {
        errorCode: ERROR_CODE.memberIdRequired,
        memberId: this.#promise(peer, sessionTimeoutMs, nowMs),
      };
    }
    this.#pending.clear();
    return { member: this.#enter(memberId || newId(peer), request, protocol, peer, nowMs) };
  }

  /** Whether this is the member, in its generation; and that it lives. */
  check(memberId: string, generation: number, peer: Peer, nowMs: number): Member | ErrorCode {
    const member = this.member(nowMs);
    if (!member || member.id !== memberId) return ERROR_CODE.unknownMemberId;
    if (member.generation !== generation) return ERROR_CODE.illegalGeneration;
    member.peer = peer;
    member.seenAtMs = nowMs;
    return member;
  }

  leave(memberId: string, instanceId: string | null, nowMs: number): ErrorCode {
    const member = this.member(nowMs);
    const isIt =
      memberId === "" ? instanceId !== null && member?.instanceId === instanceId : member?.id === memberId;
    if (isIt) this.#member = undefined;
    else if (!this.#pending.delete(memberId)) return ERROR_CODE.unknownMemberId;
    return ERROR_CODE.none;
  }

  #enter(id: string, request: JoinRequest, protocol: Protocol, peer: Peer, nowMs: number): Member {
    const { rebalanceTimeoutMs, sessionTimeoutMs } = request;
    this.#generation = this.#generation === 0x7fffffff ? 1 : this.#generation + 1;
    this.#member = {
      id,
      instanceId: request.groupInstanceId,
      peer,
      sessionMs: sessionTimeoutMs,
      rebalanceMs: Math.min(
        rebalanceTimeoutMs < 0 ? sessionTimeoutMs : rebalanceTimeoutMs,
        this.#limits.rebalanceMsMax,
      ),
      protocolType: request.protocolType,
      // Copied: what was decoded is a view of the whole frame.
      protocol: { name: protocol.name, metadata: Uint8Array.from(protocol.metadata) },
      generation: this.#generation,
      assignment: undefined,
      seenAtMs: nowMs,
    };
    return this.#member;
  }

  #promise(peer: Peer, sessionMs: number, nowMs: number): string {
    for (const [id, untilMs] of this.#pending) {
      if (untilMs <= nowMs || this.#pending.size >= PENDING_MAX) this.#pending.delete(id);
    }
    const id = newId(peer);
    this.#pending.set(id, nowMs + sessionMs);
    return id;
  }

  #isPending(id: string, nowMs: number): boolean {
    return (this.#pending.get(id) ?? 0) > nowMs;
  }
}

function newId(peer: Peer): string {
  return `${peer.clientId.slice(0, NAME_IN_ID_MAX) || "client"}-${randomUUID()}`;
}
