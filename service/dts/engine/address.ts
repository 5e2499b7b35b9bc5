import type { SourceEndpoint } from "../entities.ts";

/**
 * The topic of a job: `cn_hangzhou_<source instance>_<database>_version2`. A source without an instance id is
 * named by the tracking instance, and so is the second job over the same source: two jobs never share a topic.
 */
export function topicName(
  region: string,
  source: SourceEndpoint,
  database: string,
  jobInstanceId: string,
  taken: (topic: string) => boolean,
): string {
  const name = (part: string) =>
    `${region}_${part}_${database || "all"}_version2`.replaceAll(/[^A-Za-z0-9_]/g, "_");
  const published = name(source.instanceId || jobInstanceId);
  return taken(published) ? name(jobInstanceId) : published;
}

/** The database that the job tracks: the one named, else the first of its objects. */
export function trackedDatabase(source: SourceEndpoint, objects: string): string {
  return source.databaseName || (objectNames(objects)[0] ?? "");
}

/** The top-level names of the objects: databases, or schemas of the one database. */
export function objectNames(objects: string): string[] {
  return Object.keys(JSON.parse(objects) as Record<string, unknown>);
}
