import type { CallContext, Principal } from "../kit/action.ts";
import type { Kernel } from "../kit/kernel.ts";
import type { Call } from "./call.ts";

/**
 * What a handler gets. A class, because a getter written in an object literal gives every object a hidden class
 * of its own, a kilobyte that outlives the call and makes the collector's pauses ten times as long.
 */
class Context implements CallContext {
  readonly clock: Kernel["clock"];
  readonly random: Kernel["random"];
  readonly store: Kernel["store"];
  readonly vault: Kernel["vault"];
  readonly ports: Kernel["ports"];
  readonly log: Kernel["log"];
  readonly settings: Kernel["settings"];
  readonly serviceId: Kernel["serviceId"];
  readonly requestId: string;
  readonly region: string;
  readonly namedRegion: string | undefined;
  readonly principal: Principal;
  readonly host: string;
  readonly #call: Call;

  constructor(kernel: Kernel, call: Call, principal: Principal) {
    this.clock = kernel.clock;
    this.random = kernel.random;
    this.store = kernel.store;
    this.vault = kernel.vault;
    this.ports = kernel.ports;
    this.log = kernel.log;
    this.settings = kernel.settings;
    this.serviceId = kernel.serviceId;
    this.requestId = call.requestId;
    this.region = call.region;
    this.namedRegion = call.regionFrom === "setting" ? undefined : call.region;
    this.principal = principal;
    this.host = call.req.headers.host ?? "";
    this.#call = call;
  }

  get signal(): AbortSignal {
    return this.#call.signal();
  }
}

export function contextOf(kernel: Kernel, call: Call): CallContext {
  if (!call.principal) throw new Error("a call reached its handler without a principal");
  return new Context(kernel, call, call.principal);
}
