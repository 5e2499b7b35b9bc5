/** @internal What the package's command runs. */
export { main } from "./main.ts";
export { type StartedService, type StartOptions, startService } from "./start.ts";
