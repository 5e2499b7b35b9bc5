import { PartialError } from "./errors.ts";
import { splitInputs } from "./identity.ts";
import { loadKind } from "./kinds.ts";
import type { CheckResult, CreateResult, DiffResult, Properties, ReadResult } from "./resource.ts";
import { hostSession, type Session } from "./session.ts";
import type { ReadConfig } from "./settings.ts";

/*
 * What the text in every resource's state calls (see ../shim.ts). These names and their arguments are kept for
 * as long as there are states: a change needs a new name beside the old one.
 */

interface ConfigureRequest {
  readonly config: { get(key: string): string | undefined };
}

let readConfig: ReadConfig = () => undefined;
let session: Session | undefined;

/**
 * Keeps the stack's configuration. The host hands out a provider before its `configure` has ended, so nothing
 * here waits, and the configuration is looked at with the first call that needs it.
 */
export function configure(request: ConfigureRequest): void {
  readConfig = (key) => request.config.get(key);
  session = undefined;
}

export async function check(kind: string, olds: Properties, news: Properties): Promise<CheckResult> {
  const { identity, inputs } = splitInputs(news);
  const known = splitInputs(olds ?? {}).inputs;
  const result = await (await loadKind(kind)).check(currentSession(), identity, known, inputs);
  if (identity.self !== undefined) {
    currentSession().memory.rememberUrn(kind, result.inputs, identity.self);
  }
  return result;
}

export async function diff(kind: string, _id: string, olds: Properties, news: Properties): Promise<DiffResult> {
  return (await loadKind(kind)).diff(splitInputs(olds).inputs, splitInputs(news).inputs);
}

export async function create(kind: string, inputs: Properties): Promise<CreateResult> {
  return (await loadKind(kind)).create(currentSession(), splitInputs(inputs).inputs);
}

export async function read(kind: string, id: string, props: Properties): Promise<ReadResult> {
  return (await loadKind(kind)).read(currentSession(), id, splitInputs(props).inputs);
}

export async function update(
  kind: string,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<{ outs: Properties }> {
  const loaded = await loadKind(kind);
  return { outs: await loaded.update(currentSession(), id, splitInputs(olds).inputs, splitInputs(news).inputs) };
}

async function deleteResource(kind: string, id: string, props: Properties): Promise<void> {
  await (await loadKind(kind)).delete(currentSession(), id, splitInputs(props).inputs);
}

export { deleteResource as delete };

function currentSession(): Session {
  session ??= hostSession(readConfig);
  return session;
}
