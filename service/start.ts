import { resolve } from "node:path";
import { LOCAL_ACCESS_KEY_ID, LOCAL_ACCESS_KEY_SECRET } from "../contract/local.ts";
import { judge } from "./core/kit/judge.ts";
import { UsageError } from "./core/settings/environment-variables.ts";
import { defaultOptions } from "./core/settings/service-options.ts";
import { defined, settingsOfPrograms } from "./core/settings/settings-file.ts";
import { rooms } from "./products.ts";
import { openService } from "./server.ts";

/** How a program starts the service inside its own process. */
export interface StartOptions {
  /** True keeps nothing on disk. Default true, unless there is a `dataFolder`. */
  readonly memory?: boolean | undefined;
  /** Folder in which everything is kept; made where it is missing, and one process's at a time. */
  readonly dataFolder?: string | undefined;
  /** TCP port on 127.0.0.1, 0 to 65535. Default 0, any free one. */
  readonly port?: number | undefined;
  /** TCP port on 127.0.0.1 that Kafka clients read from, 0 to 65535. Default 0, any free one. */
  readonly kafkaPort?: number | undefined;
  /** TCP port on 127.0.0.1 of clients of the first RocketMQ 5.x instance, 0 to 65535. Default 0, any free one. */
  readonly rocketmqPort?: number | undefined;
  /** Region of calls that name none. Default cn-hangzhou. */
  readonly region?: string | undefined;
  /** Multiplies every wait of the products, 0 to 100: 1 as published, 0 none. Default 1. */
  readonly waitScale?: number | undefined;
  /** Lets `POST /_service/clock` move the clock. Default false. */
  readonly testClock?: boolean | undefined;
  /** YAML file with what must exist before the service is ready. Default none. */
  readonly seed?: string | undefined;
  /** From which level log lines are written to standard error. Default warn. */
  readonly logLevel?: "debug" | "info" | "warn" | "error" | "silent" | undefined;
}

/** A service that runs. */
export interface StartedService {
  /** Address of all products, such as `http://127.0.0.1:40123`: the provider's `changetracking:endpoint`. */
  readonly url: string;
  readonly port: number;
  /** The key pair that is accepted. */
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Ends running calls and closes everything. Safe to repeat. */
  stop(): Promise<void>;
}

/**
 * Starts the service in this process, on the loopback only, and returns when it is ready. Throws an Error that says
 * what to do when the port or the folder is taken or a value is refused; nothing stays open then.
 *
 * @example
 * ```ts
 * import { startService } from "change-tracking-service";
 *
 * const service = await startService({ memory: true });
 * console.log(service.url);
 * await service.stop();
 * ```
 */
export async function startService(options: StartOptions = {}): Promise<StartedService> {
  const refuse = (_first: string, all: () => readonly string[]) => new UsageError(all().join("; "));
  const judged = judge(settingsOfPrograms, options, "the options of startService", refuse);
  const { memory, dataFolder, seed, kafkaPort = 0, rocketmqPort = 0, ...settings } = judged;
  if (memory === true && dataFolder !== undefined)
    throw new UsageError("memory and dataFolder exclude each other");
  if (memory === false && dataFolder === undefined) throw new UsageError("memory: false needs a dataFolder");
  const service = await openService({
    options: {
      ...defaultOptions,
      port: 0,
      logLevel: "warn",
      ...defined(settings),
      kafka: { ...defaultOptions.kafka, port: kafkaPort },
      rocketmq: { ...defaultOptions.rocketmq, port: rocketmqPort },
      dataFolder: dataFolder === undefined ? undefined : resolve(dataFolder),
      seedPath: seed,
    },
    rooms,
  });
  return {
    url: service.url,
    port: service.port,
    accessKeyId: LOCAL_ACCESS_KEY_ID,
    accessKeySecret: LOCAL_ACCESS_KEY_SECRET,
    stop: () => service.stop(),
  };
}
