import type { ProductName } from "../../contract/products.ts";
import { ApiError } from "./api/errors.ts";
import { PartialError, ProviderError } from "./host/errors.ts";
import type { Session } from "./host/session.ts";
import { adoptionObstacle } from "./ownership/adopt.ts";
import type { CreateKey, Facts, UnfinishedNote } from "./ownership/unfinished.ts";
import type { CreateResult, Properties } from "./resource.ts";

/** Times a create is sent again after an answer was lost and nothing is seen to have come of it. */
const LOST_ANSWERS_MAX = 5;

/**
 * What a resource says of its own create: how to look, what to send, how to tell what came of a lost answer, and what
 * must fit to be taken over. `T` is the thing as the resource's steps see it.
 */
export interface Creation<T> {
  readonly session: Session;
  readonly urn: string | undefined;
  /* With the URN these tell one create from another beyond the run. */
  readonly product: ProductName;
  readonly region: string;
  /** What the thing is made in, for example an instance. */
  readonly within: string;
  readonly adoptExisting: boolean | undefined;
  /** Creates whose results could be taken for each other have one queue, and go one after the other. */
  readonly queue?: string;

  idOf(thing: T): string;
  /** What the run remembers the thing by. Default: its id. */
  heldAs?(thing: T): string;

  /** What is there already, and may be taken over or refused; undefined when the create can be sent. */
  find(left: UnfinishedNote | undefined, adopts: boolean): Promise<T | undefined>;
  /** Whether that is what an earlier run of this very resource was making when it was cut off. */
  isOwn(found: T, left: UnfinishedNote): boolean;
  /** Throws where it differs in what cannot be changed in place, or is not to be touched at all. */
  mayTakeOver?(found: T, isOwn: boolean): void;
  /** Brings it to what is declared, as far as `finish` does not. `left` is given for what is its own. */
  takeOver?(found: T, left: UnfinishedNote | undefined): Promise<T>;
  /** Texts: what was done (`how` begins the sentence), and why it was not. */
  done(found: T, how: string): string;
  /** Not needed where `find` shows only what may be taken over. */
  taken?(found: T): string;
  notTakenOver(found: T, obstacle: string): string;
  /** Id of the documented rule that there can be only one. */
  readonly rule?: string;

  /** By what a later run tells the thing from somebody else's. Asked for right before the create is sent. */
  facts(): Facts | Promise<Facts>;
  /** Sends the create, once. */
  send(): Promise<T>;
  /** Whether a create was refused because there is such a thing. */
  isTaken?(error: unknown): boolean;
  /**
   * The thing that a failed create may have made; undefined when it is seen not to be there, and then the create is
   * sent again unless it was refused as taken. Default: `find`.
   */
  findMade?(failure: ApiError): Promise<T | undefined>;
  /** Whether what is there after a lost answer is what was asked for. Default: it is, nobody had the name before. */
  isMade?(found: T): boolean;
  /** A refusal in the resource's words. */
  explain?(error: unknown): unknown;

  /** All steps that follow. When one fails the thing is kept in the state, and the next up goes on from there. */
  finish(thing: T): Promise<Properties>;
  /** What the state keeps then. */
  unfinished(thing: T): Properties | Promise<Properties>;
}

/**
 * Makes a thing, or takes over what is there: with `adoptExisting`, or because an earlier run of this resource was cut
 * off while it made it. A create is noted before it is sent, and one whose answer was lost is settled by looking.
 */
export async function createResource<T>(creation: Creation<T>): Promise<CreateResult> {
  const { session, queue } = creation;
  const key = keyOf(creation);
  const get = () => obtain(creation, key);
  const thing = await (queue === undefined ? get() : session.memory.exclusively(queue, get));
  const id = creation.idOf(thing);
  session.memory.hold(heldAs(creation, thing));
  try {
    return { id, outs: await creation.finish(thing) };
  } catch (error) {
    if (error instanceof PartialError) throw error;
    throw new PartialError(id, await creation.unfinished(thing), error);
  } finally {
    // Either way the engine gets the id now.
    session.unfinished.handOver(key);
  }
}

/** For an answer that should have the id of what was made: nobody knows whether the work was done. */
export function answerWithoutId(action: string): ApiError {
  return new ApiError(action, { kind: "lost", code: "NoId", message: "the answer has no id" });
}

async function obtain<T>(creation: Creation<T>, key: CreateKey): Promise<T> {
  // Read before this run writes.
  const left = creation.session.unfinished.find(key);
  const found = await creation.find(left, adopts(creation));
  return found === undefined ? make(creation, key, left) : takeOver(creation, key, left, found);
}

async function make<T>(creation: Creation<T>, key: CreateKey, left: UnfinishedNote | undefined): Promise<T> {
  const { unfinished } = creation.session;
  const noted = (thing: T) => {
    unfinished.made(key, creation.idOf(thing));
    return thing;
  };
  unfinished.begin(key, await creation.facts());
  for (let lost = 0; ; lost += 1) {
    try {
      return noted(await creation.send());
    } catch (error) {
      const failure = error instanceof ApiError ? error : undefined;
      const mayBeMade = failure?.mayHaveWorked === true;
      if (!mayBeMade && lost === 0) unfinished.forget(key);
      const isTaken = creation.isTaken?.(error) === true;
      if (failure === undefined || (!mayBeMade && !isTaken)) throw creation.explain?.(error) ?? error;
      const found = await (creation.findMade?.(failure) ?? creation.find(undefined, adopts(creation)));
      if (found !== undefined) {
        const isMade = (mayBeMade || lost > 0) && (creation.isMade?.(found) ?? true);
        return isMade ? noted(found) : takeOver(creation, key, left, found);
      }
      if (isTaken || lost >= LOST_ANSWERS_MAX) throw creation.explain?.(error) ?? error;
    }
  }
}

async function takeOver<T>(
  creation: Creation<T>,
  key: CreateKey,
  left: UnfinishedNote | undefined,
  found: T,
): Promise<T> {
  const { session, urn } = creation;
  const isOwn = left !== undefined && creation.isOwn(found, left);
  if (!isOwn && !adopts(creation)) {
    const text = creation.taken?.(found) ?? creation.notTakenOver(found, "adoptExisting is not set");
    throw new ProviderError("AlreadyExists", text, { rule: creation.rule });
  }
  const held = heldAs(creation, found);
  const obstacle = isOwn ? undefined : adoptionObstacle(session, urn, held);
  if (obstacle !== undefined) {
    throw new ProviderError("AlreadyExists", creation.notTakenOver(found, obstacle), { rule: creation.rule });
  }
  creation.mayTakeOver?.(found, isOwn);
  if (isOwn) session.unfinished.made(key, creation.idOf(found));
  else session.memory.holders.takeOver(held);
  const result = (await creation.takeOver?.(found, isOwn ? left : undefined)) ?? found;
  const how = isOwn ? "went on with what an interrupted run had made," : "took over";
  session.log.info(creation.done(found, how), urn);
  return result;
}

function adopts({ session, adoptExisting }: Creation<unknown>): boolean {
  return adoptExisting === true || session.settings.adoptsExisting;
}

function heldAs<T>(creation: Creation<T>, thing: T): string {
  return creation.heldAs?.(thing) ?? creation.idOf(thing);
}

function keyOf<T>({ session, urn, product, region, within }: Creation<T>): CreateKey {
  return { urn, address: session.settings.endpointOf(product, region).address, region, within };
}
