import { ENGINES } from "../../../../contract/limits/engines.ts";
import type { DtsApi } from "../../api/dts.ts";
import { ProviderError } from "../../errors.ts";
import type { InstanceIds } from "./empty.ts";
import type { InstanceInputs } from "./inputs.ts";
import { listJobs } from "./jobs.ts";

/** The one instance of this name and kind of source; undefined when there is none. Names need not be unique. */
export async function findAdoptable(api: DtsApi, inputs: InstanceInputs): Promise<InstanceIds | undefined> {
  const wireName = ENGINES[inputs.source.engine].createName.toLowerCase();
  const listed = await listJobs(api, { Type: "name", Params: inputs.name });
  const fitting = listed.filter(
    (job) =>
      job.DtsJobName === inputs.name &&
      (job.SourceEndpoint?.EngineName ?? wireName).toLowerCase() === wireName,
  );
  if (fitting.length > 1) {
    const ids = fitting.map((job) => job.DtsInstanceID).join(", ");
    throw new ProviderError(
      "AlreadyExists",
      `adoptExisting cannot choose: several change tracking instances are called "${inputs.name}": ${ids}. ` +
        "Rename all but one of them",
    );
  }
  const [job] = fitting;
  if (job?.DtsInstanceID === undefined) return undefined;
  return { instanceId: job.DtsInstanceID, jobId: job.DtsJobId ?? job.DtsInstanceID.replace(/^dts/, "") };
}
