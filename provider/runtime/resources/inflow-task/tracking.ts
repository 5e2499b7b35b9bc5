import { DtsApi } from "../../api/dts.ts";
import { ProviderError } from "../../host/errors.ts";
import type { Session } from "../../host/session.ts";
import { observeInstance } from "../../observe/instance.ts";

/** What a task needs to know of the change tracking instance that it reads. */
export interface Tracking {
  readonly topic: string;
  readonly brokerUrl: string;
  readonly accessMethod: string;
  readonly sourceInstanceId: string;
  /** Seconds since the epoch; undefined while nothing is tracked. */
  readonly range: { readonly beginSeconds: number; readonly endSeconds: number } | undefined;
}

/** An instance is looked at once for all tasks that ask within so long. */
const AGE_MS_MAX = 5_000;

/** Undefined when the instance is not in this region. `look` is for check: one short try. */
export function findTracking(
  session: Session,
  region: string,
  instance: string,
  look = false,
): Promise<Tracking | undefined> {
  const find = async () => {
    const found = await observeInstance(new DtsApi(session.api, region, look), instance);
    if (found === undefined) return undefined;
    return {
      topic: found.topic,
      brokerUrl: found.brokerUrl,
      accessMethod: found.source.InstanceType ?? "",
      sourceInstanceId: found.source.InstanceID ?? "",
      range: rangeOf(found.dataRange),
    };
  };
  const key = `tracking ${look} ${region} ${instance}`;
  return look
    ? session.memory.once(key, find, { keepFailure: true })
    : session.memory.once(key, find, { age: { clock: session.clock, ageMsMax: AGE_MS_MAX } });
}

/** The same, for what cannot go on without. Throws ProviderError `NotFound`. */
export async function mustFindTracking(
  session: Session,
  region: string,
  instance: string,
): Promise<Tracking> {
  const found = await findTracking(session, region, instance);
  if (found !== undefined) return found;
  const { text, rule } = noInstance(region, instance);
  throw new ProviderError("NotFound", text, { rule });
}

export function noInstance(region: string, instance: string) {
  const text =
    `there is no change tracking instance ${instance} in ${region}. ` +
    "A task is in the region of its instance: give that region";
  return { text, rule: "MQ-18" };
}

function rangeOf({ begin, end }: { begin: string; end: string }): Tracking["range"] {
  const [beginSeconds, endSeconds] = [begin, end].map((time) => Math.floor(Date.parse(time) / 1000));
  const isKnown = Number.isFinite(beginSeconds) && Number.isFinite(endSeconds);
  return isKnown ? { beginSeconds: beginSeconds ?? 0, endSeconds: endSeconds ?? 0 } : undefined;
}
