import type { AnswerFieldsOf } from "../../../contract/action.ts";
import type { describeDtsJobs } from "../../../contract/dts/job-reads.ts";
import { type DtsApi, TRACKING_JOB_TYPE } from "../api/dts.ts";

export type ListedJob = NonNullable<AnswerFieldsOf<typeof describeDtsJobs>["DtsJobList"]>[number];

const PAGE_SIZE = 100;
/** Bound against a service that never says the list is at its end. */
const PAGES_MAX = 100;

export interface JobFilter {
  readonly DtsInstanceId?: string;
  readonly Status?: string;
  readonly Type?: "name";
  readonly Params?: string;
}

/** All change tracking tasks of the region that fit. */
export async function listJobs(api: DtsApi, filter: JobFilter): Promise<ListedJob[]> {
  const jobs: ListedJob[] = [];
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const answer = await api.jobs({
      ...filter,
      JobType: TRACKING_JOB_TYPE,
      WithoutDbList: true,
      PageNumber: page,
      PageSize: PAGE_SIZE,
    });
    const listed = answer.DtsJobList ?? [];
    jobs.push(...listed);
    if (listed.length < PAGE_SIZE) break;
  }
  return jobs;
}
