import type { Action, UnservedAction } from "../action.ts";
import * as connections from "./connections.ts";
import * as channels from "./consumer-channels.ts";
import * as groups from "./consumer-groups.ts";
import * as instances from "./instances.ts";
import * as configuration from "./job-configuration.ts";
import * as reads from "./job-reads.ts";
import * as jobs from "./jobs.ts";
import * as monitoring from "./monitoring.ts";
import * as prechecks from "./prechecks.ts";
import * as subscriptions from "./subscriptions.ts";
import * as tags from "./tags.ts";

const newer = [instances, jobs, configuration, reads, prechecks, monitoring, connections, channels, tags];
const older = [subscriptions, groups];

/** Every action of Data Transmission Service that is served. These files export actions and nothing else. */
export const DTS_ACTIONS: readonly Action[] = [...newer, ...older].flatMap((group): Action[] =>
  Object.values(group),
);

/** Published, and not served here. */
export const DTS_NOT_SERVED: readonly UnservedAction[] = [
  "ConfigureMigrationJobAlert",
  "ConfigureSubscriptionInstanceAlert",
  "DescribeDTSIP",
  "DescribeMetricList",
  "DescribeSubscriptionInstanceAlert",
  "InitDtsRdsInstance",
  "ListJobStep",
  "ModifyDtsJobConfig",
  "ModifyDtsJobDuLimit",
  "ModifyDtsJobEndpoint",
  "ShieldPrecheck",
  "SkipPreCheck",
  "TransferInstanceClass",
].map((name) => ({ name }));
