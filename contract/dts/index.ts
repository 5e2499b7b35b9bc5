/** Requests, answers and shapes of Data Transmission Service, API version 2020-01-01. */
export * from "./consumerChannel.ts";
export * from "./dbList.ts";
export * from "./job.ts";
export * from "./jobChanges.ts";
export * from "./jobDetail.ts";
export * from "./jobList.ts";
export * from "./states.ts";
export * from "./tags.ts";
