/**
 * Which resource of a run has which thing of the service. A state may hold one thing under two resources: one that has
 * taken it over, and one that is left of before (a name that was changed, a replacement that was cut off). The
 * engine asks for the diff of every resource that stays before it deletes any, so a delete can be told whether
 * somebody else still has the thing. What a diff has seen counts for its own record in the state only.
 */
export class Holders {
  readonly #holdersByThing = new Map<string, Set<string>>();
  readonly #keptByUrn = new Map<string, { readonly thing: string; readonly holder: string }>();
  readonly #replacedByUrn = new Map<string, Set<string>>();
  readonly #takenOver = new Set<string>();

  /** This run has made, taken over or changed it. */
  hold(thing: string, holder = THIS_RUN): void {
    const holders = this.#holdersByThing.get(thing) ?? new Set();
    this.#holdersByThing.set(thing, holders.add(holder));
  }

  isHeld(thing: string): boolean {
    return (this.#holdersByThing.get(thing)?.size ?? 0) > 0;
  }

  /** A resource stays as it is or is changed in place; `holder` tells its record in the state from others. */
  keep(thing: string, holder: string, urn: string | undefined): void {
    this.hold(thing, holder);
    if (urn !== undefined) this.#keptByUrn.set(urn, { thing, holder });
  }

  /** A resource is to be replaced, so its thing goes unless another one has it too. */
  replace(thing: string, holder: string, urn = UNKNOWN_URN): void {
    this.#holdersByThing.get(thing)?.delete(holder);
    this.#keptByUrn.delete(urn);
    const replaced = this.#replacedByUrn.get(urn) ?? new Set();
    this.#replacedByUrn.set(urn, replaced.add(thing));
  }

  /** The engine replaces the resource although its diff did not ask for it (`replaceOnChanges`). */
  replaceKept(urn: string): void {
    const kept = this.#keptByUrn.get(urn);
    if (kept !== undefined) this.replace(kept.thing, kept.holder, urn);
  }

  /** Whether the thing is what the resource replaces; of one that is not known, whether anybody replaces it. */
  isReplacedBy(thing: string, urn: string | undefined): boolean {
    if (urn === undefined) return this.isReplaced(thing);
    return [urn, UNKNOWN_URN].some((one) => this.#replacedByUrn.get(one)?.has(thing) === true);
  }

  isReplaced(thing: string): boolean {
    return [...this.#replacedByUrn.values()].some((things) => things.has(thing));
  }

  /** Notes that a create takes over what was there, and is not the only one that may know it. */
  takeOver(thing: string): void {
    this.#takenOver.add(thing);
  }

  wasTakenOver(thing: string): boolean {
    return this.#takenOver.has(thing);
  }
}

const THIS_RUN = "";
const UNKNOWN_URN = "";
