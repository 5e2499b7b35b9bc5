import { ACCESS_METHOD_NAMES } from "../../../../contract/limits/dts.ts";
import { engineOfWire } from "../../../../contract/limits/engines.ts";
import { type TrackedObjects, toDbList } from "../../api/db-list.ts";
import { DtsApi } from "../../api/dts.ts";
import type { Session } from "../../host/session.ts";
import { type ObservedInstance, observeInstance } from "../../observe/instance.ts";
import type { Properties, ReadResult } from "../../resource.ts";
import { pick } from "../shared/inputs.ts";
import { listTags } from "../shared/instance-tags.ts";
import { INPUT_KEYS, type InstanceInputs, instanceInputs, instanceOutputs } from "./inputs.ts";

/** The instance as it is now; what was changed by hand comes back as inputs, so that the next preview is exact. */
export async function readInstance(session: Session, id: string, props: Properties): Promise<ReadResult> {
  const known = instanceInputs(session, props);
  const api = new DtsApi(session.api, known.region);
  const observed = await observeInstance(api, id);
  if (observed === undefined) return { id: "", props: {} };
  const { tags } = await listTags(api, id);
  const inputs = pick({ ...known, ...drifted(known, observed, tags) }, INPUT_KEYS);
  return { id, props: instanceOutputs(inputs, observed), inputs };
}

/** A value that says the same as the state keeps the state's form. */
function drifted(
  known: InstanceInputs,
  observed: ObservedInstance,
  tags: Record<string, string>,
): Properties {
  return {
    name: observed.name,
    ...(observed.payType === undefined ? {} : { payType: observed.payType }),
    ...(observed.objects === undefined ? {} : { objects: driftedObjects(known.objects, observed.objects) }),
    // Nothing is tracked yet, so the kinds of changes say nothing either.
    ...(observed.objects === undefined ? {} : { dataTypes: observed.dataTypes }),
    ...(observed.network === undefined ? {} : { network: observed.network }),
    source: driftedSource((known.source ?? {}) as Properties, observed),
    ...(known.tags === undefined && Object.keys(tags).length === 0 ? {} : { tags }),
  };
}

function driftedObjects(known: TrackedObjects | undefined, observed: TrackedObjects): TrackedObjects {
  return known !== undefined && toDbList(known) === toDbList(observed) ? known : observed;
}

/** Only what the service tells counts: an empty text is no news. The password is never told. */
export function driftedSource(known: Properties, { source, status }: ObservedInstance): Properties {
  if (status === "NotConfigured") return known;
  const engine = engineOfWire(source.EngineName ?? "", known.engine as never);
  const method = ACCESS_METHOD_NAMES.find(
    (name) => name.toLowerCase() === source.InstanceType?.toLowerCase(),
  );
  const port = Number(source.Port);
  return {
    ...known,
    ...given("engine", engine),
    ...given("accessMethod", method),
    ...given("host", source.Ip),
    ...given("port", Number.isInteger(port) && port > 0 ? port : undefined),
    ...given("instanceId", source.InstanceID),
    ...given("databaseName", source.DatabaseName),
    ...given("user", source.UserName),
    ...given("oracleSid", source.OracleSID),
  };
}

function given(key: string, value: unknown): Properties {
  return value === undefined || value === "" ? {} : { [key]: value };
}
