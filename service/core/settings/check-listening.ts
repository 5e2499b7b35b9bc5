import { isLoopbackHost, LOCAL_ACCESS_KEY_ID, LOCAL_ACCESS_KEY_SECRET } from "../../../contract/local.ts";
import type { KeyOption, ServiceOptions } from "./service-options.ts";

const defaultKey: KeyOption = {
  accessKeyId: LOCAL_ACCESS_KEY_ID,
  accessKeySecret: LOCAL_ACCESS_KEY_SECRET,
  rights: "all",
  active: true,
};

/** The keys of the settings, else the default pair, which is public knowledge. */
export function knownKeys(options: Pick<ServiceOptions, "keys">): readonly KeyOption[] {
  return options.keys.length > 0 ? options.keys : [defaultKey];
}

/** Throws when the service would be open to other machines or to web pages with keys that everybody knows. */
export function checkListening(
  options: Pick<ServiceOptions, "host" | "keys" | "serviceToken" | "origins" | "kafka" | "rocketmq">,
): void {
  const isDefault = (key: KeyOption) =>
    key.accessKeyId === LOCAL_ACCESS_KEY_ID || key.accessKeySecret === LOCAL_ACCESS_KEY_SECRET;
  const isPublic = options.keys.length === 0 || options.keys.some(isDefault);
  if (isPublic && options.origins.length > 0) {
    throw new Error(
      "refusing to let web pages call the service with the default access key; name keys of your own in the settings file under keys, or leave origins out",
    );
  }
  if (isPublic && options.kafka.host !== undefined && !isLoopbackHost(options.kafka.host)) {
    throw new Error(
      `refusing to let Kafka clients of other machines in on ${options.kafka.host} while groups can be made with the default access key; name keys of your own in the settings file under keys, or with --access-key-id and --access-key-secret-file`,
    );
  }
  if (isPublic && options.rocketmq.host !== undefined && !isLoopbackHost(options.rocketmq.host)) {
    throw new Error(
      `refusing to let RocketMQ clients of other machines in on ${options.rocketmq.host} while instances can be made with the default access key; name keys of your own in the settings file under keys, or with --access-key-id and --access-key-secret-file`,
    );
  }
  if (isLoopbackHost(options.host)) return;
  const where = `refusing to listen on ${options.host}, which other machines can reach`;
  if (isPublic) {
    throw new Error(
      `${where}, with the default access key; name keys of your own in the settings file under keys, or with --access-key-id and --access-key-secret-file`,
    );
  }
  if (!options.serviceToken) {
    throw new Error(
      `${where}, without a service token; set serviceToken in the settings file, CHANGE_TRACKING_SERVICE_TOKEN or --service-token-file`,
    );
  }
}
