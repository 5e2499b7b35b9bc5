import { loadDefinitions } from "pulumi-change-tracking";

/* The whole program of a platform team: what there is stands in teams/, in files that product teams edit. */

const { instances, groups } = loadDefinitions("teams");

/** What clients need to read as each group; passwords are never in it. */
export const connections = Object.fromEntries(
  Object.entries(groups).map(([name, group]) => [name, group.connection]),
);
export const topics = Object.fromEntries(
  Object.entries(instances).map(([name, instance]) => [name, instance.topic]),
);
