import type { AnswerFieldsOf } from "../../../contract/action.ts";
import type { describeDtsJobs } from "../../../contract/dts/job-reads.ts";
import { type DtsApi, TRACKING_JOB_TYPE } from "../api/dts.ts";
import { readPages } from "../api/pages.ts";

export type ListedJob = NonNullable<AnswerFieldsOf<typeof describeDtsJobs>["DtsJobList"]>[number];

const PAGE_SIZE = 100;
const PAGES_MAX = 100;

export interface JobFilter {
  readonly DtsInstanceId?: string;
  readonly Status?: string;
  readonly Type?: "name";
  readonly Params?: string;
}

/** All change tracking tasks of the region that fit. */
export function listJobs(api: DtsApi, filter: JobFilter): Promise<ListedJob[]> {
  const wanted = { ...filter, JobType: TRACKING_JOB_TYPE, WithoutDbList: true, PageSize: PAGE_SIZE };
  const read = async (page: number) => (await api.jobs({ ...wanted, PageNumber: page })).DtsJobList;
  return readPages(PAGE_SIZE, PAGES_MAX, read);
}
