import { hostAndPort, reachableHost } from "../contract/host.ts";
import { ADMIN_PREFIX } from "./core/admin/handle-admin.ts";
import { readCommand } from "./core/settings/command-line.ts";
import { UsageError } from "./core/settings/environment-variables.ts";

/** Less than what watchers give a probe: 3 s in the image. */
const ANSWER_MS_MAX = 2_500;

/**
 * Whether the service that these flags and this environment start is ready: undefined, or why not. For watchers that run a
 * command, such as a container's health check. Throws UsageError for settings that name no port.
 */
export async function healthProblem(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const command = await readCommand(argv, env);
  if ("print" in command) throw new UsageError("health takes the flags that the service was started with");
  const { host, port } = command.run;
  if (port === 0) throw new UsageError("health needs to know the port, and 0 is any free one");
  const address = hostAndPort(reachableHost(host), port);
  const status = await statusOf(`http://${address}${ADMIN_PREFIX}health`);
  if (status === 200) return undefined;
  return typeof status === "number"
    ? `the service at ${address} is not ready (HTTP status ${status})`
    : `no answer from ${address}: ${status.message}`;
}

function statusOf(url: string): Promise<number | Error> {
  const { get } = process.getBuiltinModule("node:http");
  return new Promise((resolve) => {
    const request = get(url, { signal: AbortSignal.timeout(ANSWER_MS_MAX), agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.once("error", resolve);
  });
}
