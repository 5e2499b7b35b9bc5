import { namesListed } from "../../../../contract/limits/message.ts";
import type { DtsApi } from "../../api/dts.ts";
import { ProviderError } from "../../host/errors.ts";
import type { Session } from "../../host/session.ts";
import { type ObservedInstance, observeInstance } from "../../observe/instance.ts";
import { listJobs } from "../../observe/jobs.ts";
import {
  adoptionObstacle,
  adoptionRefusedError,
  type Mismatch,
  mismatchesOf,
} from "../../ownership/adopt.ts";
import type { Properties } from "../../resource.ts";
import type { InstanceIds } from "./empty.ts";
import { type InstanceInputs, KIND } from "./inputs.ts";
import { driftedSource } from "./read.ts";

/** Instances of one name that are looked at; whoever has more has to say which by their names. */
const CANDIDATES_MAX = 20;

/**
 * The one instance of this name that can be brought to what is declared; undefined when none has the name. Names need
 * not be unique, so one that this very resource replaces, or that another resource has, is passed over. Throws
 * ProviderError `AdoptionRefused` when those that are left differ in what cannot be changed in place.
 */
export async function findAdoptable(
  session: Session,
  api: DtsApi,
  inputs: InstanceInputs,
): Promise<InstanceIds | undefined> {
  const urn = session.memory.urnOf(KIND, inputs);
  const named = (await listJobs(api, { Type: "name", Params: inputs.name })).flatMap(
    ({ DtsJobName, DtsInstanceID: id }) => (DtsJobName === inputs.name && id !== undefined ? [id] : []),
  );
  const free = named.filter((id) => adoptionObstacle(session, urn, id) === undefined);
  const seen: { one: ObservedInstance; mismatches: Mismatch[] }[] = [];
  for (const id of free.slice(0, CANDIDATES_MAX)) {
    const one = await observeInstance(api, id);
    if (one !== undefined) seen.push({ one, mismatches: mismatchesOfInstance(inputs, one) });
  }
  const fitting = seen.filter(({ mismatches }) => mismatches.length === 0).map(({ one }) => one);
  if (fitting.length > 1) throw ambiguousError(inputs, fitting);
  const [first] = seen;
  if (first === undefined) return undefined;
  const [only] = fitting;
  if (only !== undefined) return { instanceId: only.instanceId, jobId: only.jobId };
  throw adoptionRefusedError(
    `the change tracking instance "${inputs.name}" (${first.one.instanceId})`,
    first.mismatches,
  );
}

/** The same inputs as those that a diff replaces for, as far as the service tells them. */
function mismatchesOfInstance(inputs: InstanceInputs, observed: ObservedInstance): Mismatch[] {
  const wanted = inputs.source as unknown as Properties;
  const present = { ...driftedSource(wanted, observed), ...unsetFields(observed) };
  // User and password are changed together or not at all, and the password is nothing to be shown.
  const isAccountSet = wanted.user !== undefined && wanted.password !== undefined;
  const keys = Object.keys(present).filter((key) => key !== "password" && !(key === "user" && isAccountSet));
  const source = mismatchesOf(present, wanted, keys, "source.");
  if (observed.status === "NotConfigured") return source;
  const networks = [observed.network ?? {}, inputs.network ?? {}] as [Properties, Properties];
  return [...source, ...mismatchesOf(...networks, ["vpcId", "vSwitchId"], "network.")];
}

/** A service that tells where the source is tells it whole: what it leaves out is not set. */
function unsetFields({ source, status }: ObservedInstance): Properties {
  const told = { host: source.Ip, instanceId: source.InstanceID, databaseName: source.DatabaseName };
  if (status === "NotConfigured" || !(told.host || told.instanceId)) return {};
  const missing = Object.entries({ ...told, oracleSid: source.OracleSID }).filter(([, value]) => !value);
  return Object.fromEntries(missing.map(([key]) => [key, undefined]));
}

function ambiguousError(inputs: InstanceInputs, found: readonly ObservedInstance[]): ProviderError {
  return new ProviderError(
    "AlreadyExists",
    `adoptExisting cannot choose: several change tracking instances are called "${inputs.name}": ` +
      `${namesListed(
        found.map((one) => one.instanceId),
        "and",
      )}. Rename all but one of them`,
  );
}
