import { ENGINES } from "../../../../contract/limits/engines.ts";
import { namesListed } from "../../../../contract/limits/message.ts";
import type { DtsApi } from "../../api/dts.ts";
import { ProviderError } from "../../host/errors.ts";
import { type ListedJob, listJobs } from "../../observe/jobs.ts";
import type { InstanceInputs } from "./inputs.ts";

export interface InstanceIds {
  readonly instanceId: string;
  readonly jobId: string;
}

/** Instances of this kind that nobody has configured yet. */
export async function emptyInstances(api: DtsApi, inputs: InstanceInputs): Promise<ListedJob[]> {
  const wireName = ENGINES[inputs.source.engine].createName.toLowerCase();
  const listed = await listJobs(api, { Status: "NotConfigured" });
  return listed.filter(
    (job) =>
      job.Status === "NotConfigured" &&
      (job.SourceEndpoint?.EngineName || wireName).toLowerCase() === wireName,
  );
}

/**
 * The one instance that an order may have made, undefined when there is none. Throws ProviderError
 * `AmbiguousCreate` when there are several; `why` says how that came about.
 */
export function onlyOne(found: readonly ListedJob[], why: string, cause?: unknown): InstanceIds | undefined {
  if (found.length > 1) throw ambiguousError(found, why, cause);
  const instanceId = found[0]?.DtsInstanceID;
  if (instanceId === undefined) return undefined;
  return { instanceId, jobId: found[0]?.DtsJobId ?? instanceId.replace(/^dts/, "") };
}

function ambiguousError(found: readonly ListedJob[], why: string, cause: unknown): ProviderError {
  const candidates = namesListed(
    found.map((job) => `${job.DtsInstanceID} (made ${job.CreateTime ?? "just now"})`),
    "and",
  );
  return new ProviderError(
    "AmbiguousCreate",
    `${why} and several new instances have appeared: ${candidates}. ` +
      "Release those that nobody uses (DeleteDtsJob), then run `pulumi up` again",
    { cause },
  );
}
