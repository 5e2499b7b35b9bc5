import { forHost, PartialError, ProviderError } from "./host/errors.ts";
import { splitInputs } from "./host/identity.ts";
import { loadKind } from "./host/kinds.ts";
import { inputsKey } from "./host/memory.ts";
import { forEngine, withoutRepeats, withoutSecretValues, withSafeLog } from "./host/refusals.ts";
import { hostSession, type Session } from "./host/session.ts";
import type { ReadConfig } from "./host/settings.ts";
import { withStoredAdvice } from "./host/stored.ts";
import { failuresOfSurroundings, lookAround, warnOfMisspelled } from "./host/surroundings.ts";
import type * as lookUp from "./look-up.ts";
import { forgetOwner, isAnothers, keepOwner, ownedOutputs } from "./ownership/owner.ts";
import type { CheckResult, CreateResult, DiffResult, Properties, ReadResult } from "./resource.ts";

export { refusalsInProgram } from "./host/early.ts";

/*
 * What the text in every resource's state calls (see ../shim.ts). These names and their arguments are kept for
 * as long as there are states: a change needs a new name beside the old one.
 */

interface ConfigureRequest {
  readonly config: {
    get(key: string): string | undefined;
    /** Not declared by the host, and only used to find misspelled keys. */
    readonly rawConfig?: Readonly<Record<string, unknown>>;
    readonly projectName?: string;
  };
}

let readConfig: ReadConfig = () => undefined;
let session: Session | undefined;
let configured: { readonly keys: readonly string[]; readonly project: string | undefined } | undefined;
/** Whether a program runs: then the configuration is the stack's of now, else the one that the state has kept. */
let hasProgram = false;

/**
 * Keeps the stack's configuration. The host hands out a provider before its `configure` has ended, so nothing
 * here waits, and the configuration is looked at with the first call that needs it. Every kind configures with
 * the same configuration; what the run has remembered stays.
 */
export function configure(request: ConfigureRequest): void {
  if (session !== undefined) return;
  readConfig = (key) => request.config.get(key);
  configured = { keys: Object.keys(request.config.rawConfig ?? {}), project: request.config.projectName };
}

/** What the host calls for the resources of one kind; the text in their state asks for it. */
export function provider(kind: string) {
  return {
    configure,
    check: async (olds: Properties, news: Properties) => forEngine(await check(kind, olds, news)),
    diff: (id: string, olds: Properties, news: Properties) => diff(kind, id, olds, news),
    create: (inputs: Properties) => create(kind, inputs),
    read: (id: string, props: Properties) => read(kind, id, props),
    update: (id: string, olds: Properties, news: Properties) => update(kind, id, olds, news),
    delete: (id: string, props: Properties) => deleteResource(kind, id, props),
  };
}

/* Look-ups are made by few programs, so what they need is loaded with the first. */

export const lookUpInstance: typeof lookUp.lookUpInstance = async (read, query) =>
  (await import("./look-up.ts")).lookUpInstance(read, query);

export const lookUpGroup: typeof lookUp.lookUpGroup = async (read, query) =>
  (await import("./look-up.ts")).lookUpGroup(read, query);

/* Each takes the session of its run; without one it is that of this process. */

export async function check(
  kind: string,
  olds: Properties,
  news: Properties,
  run?: Session,
): Promise<CheckResult> {
  return handled(async () => {
    hasProgram = true;
    const { identity, inputs } = splitInputs(news);
    const now = run ?? currentSession();
    if (configured !== undefined) warnOfMisspelled(now, configured.keys, configured.project);
    const before = splitInputs(olds).inputs;
    // The second check of a replacement is told nothing of what was.
    if (Object.keys(before).length === 0 && identity.self !== undefined) {
      now.memory.holders.replaceKept(identity.self);
    }
    const problem = await lookAround(now, kind, inputs);
    const safely = withSafeLog(now, inputs, identity);
    const checked = await (await loadKind(kind)).check(safely, identity, before, inputs);
    const failures = await withoutSecretValues(checked.failures, checked.inputs, identity);
    const { passes, ...result } = withoutRepeats({ ...checked, failures }, identity);
    if (passes) now.memory.refuse(kind, result.inputs);
    if (identity.self !== undefined) now.memory.rememberUrn(kind, result.inputs, identity.self);
    if (passes) return result;
    const around = failuresOfSurroundings(safely, kind, problem, [before, inputs], result, identity.self);
    if (around.length === 0) return result;
    return { ...result, failures: await withoutSecretValues(around, checked.inputs, identity) };
  });
}

/**
 * An open `changes` lets the engine compare the inputs itself: only then does it know which of them have changed,
 * and `replaceOnChanges` goes by that. The host has no way to tell it.
 */
type HostDiff = Omit<DiffResult, "changes"> & { readonly changes: false | undefined };

const UNCHANGED: DiffResult = { changes: false, replaces: [], deleteBeforeReplace: false };

export async function diff(
  kind: string,
  id: string,
  olds: Properties,
  news: Properties,
  run?: Session,
): Promise<HostDiff> {
  return handled(async () => {
    const now = run ?? currentSession();
    now.unfinished.recorded(id);
    const [loaded, before] = [await loadKind(kind), splitInputs(olds).inputs];
    await loaded.recall?.(now, before);
    const after = splitInputs(news).inputs;
    const urn = now.memory.urnOf(kind, after);
    sayUnfinished(now, urn, olds.__unfinished);
    // What check has refused is no change; the preview has failed already.
    const isRefused = now.memory.isRefused(kind, after);
    const result = isRefused ? UNCHANGED : await loaded.diff(before, after);
    const [thing, holder] = [await loaded.heldAs(now, id, before), inputsKey(kind, olds)];
    if (result.replaces.length > 0) now.memory.holders.replace(thing, holder, urn);
    else now.memory.holders.keep(thing, holder, urn);
    return { ...result, changes: result.changes ? undefined : false };
  });
}

export async function create(kind: string, inputs: Properties, run?: Session): Promise<CreateResult> {
  return handled(async () => {
    const [now, loaded] = [run ?? currentSession(), await loadKind(kind)];
    try {
      const { id, outs } = await loaded.create(now, splitInputs(inputs).inputs);
      return { id, outs: await ownedOutputs(now, loaded, { id, outs }) };
    } catch (error) {
      if (!(error instanceof PartialError)) throw error;
      const outs = await ownedOutputs(now, loaded, { id: error.id, outs: error.properties });
      throw new PartialError(error.id, outs, error.cause);
    }
  }, inputs);
}

export async function read(kind: string, id: string, props: Properties, run?: Session): Promise<ReadResult> {
  return handled(async () => {
    const result = await (await loadKind(kind)).read(run ?? currentSession(), id, splitInputs(props).inputs);
    // Only `get` hands over the hidden inputs. The engine would go on with outputs that never get a value.
    if (result.id === "" && props.__identity !== undefined) {
      throw new ProviderError(
        "NotFound",
        `there is no ${kind} ${id}; look at the id and the region given to get`,
      );
    }
    return { ...result, props: keepOwner(props, result.props) };
  });
}

export async function update(
  kind: string,
  id: string,
  olds: Properties,
  news: Properties,
  run?: Session,
): Promise<{ outs: Properties }> {
  const [before, after] = [splitInputs(olds).inputs, splitInputs(news).inputs];
  return handled(async () => {
    try {
      const outs = await (await loadKind(kind)).update(run ?? currentSession(), id, before, after);
      return { outs: keepOwner(olds, outs) };
    } catch (error) {
      if (!(error instanceof PartialError)) throw error;
      throw new PartialError(error.id, keepOwner(olds, error.properties), error.cause);
    }
  }, news);
}

async function deleteResource(kind: string, id: string, props: Properties, run?: Session): Promise<void> {
  await handled(async () => {
    const now = run ?? currentSession();
    now.unfinished.recorded(id);
    const loaded = await loadKind(kind);
    if (await isAnothers(now, loaded, id, props)) return;
    await loaded.delete(now, id, splitInputs(props).inputs);
    await forgetOwner(now, loaded, id, props);
  });
}

export { deleteResource as delete };

/**
 * Gives failures the form that the host needs. It adds the provider's text to results, but not to what a failed
 * create leaves in the state, so that is done here.
 */
async function handled<T>(work: () => Promise<T>, inputs: Properties = {}): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const error = hasProgram || session === undefined ? thrown : withStoredAdvice(session.settings, thrown);
    if (!(error instanceof PartialError)) throw forHost(error);
    const hidden = { __provider: inputs.__provider, __unfinished: error.message };
    throw new PartialError(error.id, { ...error.properties, ...hidden }, error.cause);
  }
}

/** The engine updates what a run has not finished, and shows an update without any difference. */
function sayUnfinished({ log, memory }: Session, urn: string | undefined, reason: unknown): void {
  if (typeof reason !== "string" || !memory.isNew(`unfinished ${urn}`)) return;
  log.info(`The last run did not finish this resource, and the update goes on with it: ${reason}`, urn);
}

function currentSession(): Session {
  session ??= hostSession(readConfig);
  return session;
}
