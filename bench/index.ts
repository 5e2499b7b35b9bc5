import { capture } from "./capture/index.ts";
import { definitions } from "./definitions/index.ts";
import { fetch } from "./fetch/index.ts";
import type { Bench } from "./harness/types.ts";
import { inflow } from "./inflow/index.ts";
import { latency } from "./latency/index.ts";
import { log } from "./log/index.ts";
import { memory } from "./memory/index.ts";
import { messages } from "./messages/index.ts";
import { pulumiUp } from "./pulumi-up/index.ts";
import { requests } from "./requests/index.ts";
import { start } from "./start.ts";

/** Every bench, in the order in which they run and are shown. */
export const benches: readonly Bench[] = [
  start,
  requests,
  log,
  capture,
  fetch,
  latency,
  inflow,
  memory,
  messages,
  pulumiUp,
  definitions,
];
