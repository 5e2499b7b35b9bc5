/** Requests, answers and shapes of Data Transmission Service, API version 2020-01-01. */
export * from "./consumer-channel.ts";
export * from "./db-list.ts";
export * from "./job.ts";
export * from "./job-changes.ts";
export * from "./job-detail.ts";
export * from "./job-list.ts";
export * from "./states.ts";
export * from "./tags.ts";
