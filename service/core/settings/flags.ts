import {
  LOCAL_ACCESS_KEY_ID,
  LOCAL_ACCESS_KEY_SECRET,
  LOCAL_KAFKA_PORT,
  LOCAL_PORT,
  LOCAL_ROCKETMQ_PORT,
} from "../../../contract/local.ts";
import { logLevels } from "../kit/log.ts";
import { defaultOptions, sourceTlsModes } from "./service-options.ts";

/** Every flag of the service, each also an environment variable. */
export const flags = {
  port: { type: "string" },
  host: { type: "string" },
  "kafka-port": { type: "string" },
  "kafka-host": { type: "string" },
  "kafka-advertised": { type: "string" },
  "kafka-public-port": { type: "string" },
  "kafka-public-advertised": { type: "string" },
  "rocketmq-port": { type: "string" },
  "rocketmq-host": { type: "string" },
  "rocketmq-advertised": { type: "string" },
  "source-tls": { type: "string" },
  "source-tls-ca": { type: "string" },
  "access-key-id": { type: "string" },
  "access-key-secret-file": { type: "string" },
  "service-token-file": { type: "string" },
  data: { type: "string" },
  memory: { type: "boolean" },
  seed: { type: "string" },
  settings: { type: "string" },
  region: { type: "string" },
  "wait-scale": { type: "string" },
  "log-level": { type: "string" },
  "vault-key": { type: "string" },
  "test-clock": { type: "boolean" },
  help: { type: "boolean" },
  version: { type: "boolean" },
} as const;

export const helpText = `change-tracking-service: speaks the API of the products around change tracking, on this machine

  tail INSTANCE       prints the changes of an instance of a running service as they come (tail --help)
  health              ends with 0 when the service with these flags and this environment is ready, else with 1
  --port N            port of all control planes, 0 for any free one (default ${LOCAL_PORT})
  --host ADDRESS      address to listen on (default 127.0.0.1; others need keys and a service token)
  --kafka-port N      port of Kafka clients, taken with the first instance that is captured, 0 for any free one
                      (default ${LOCAL_KAFKA_PORT})
  --kafka-host ADDRESS          where these are listened for (default: as --host)
  --kafka-advertised NAME:PORT  what they are told to connect to, where that differs
  --kafka-public-port N         a second port, for clients that come another way; answers name it as the public address
  --kafka-public-advertised NAME:PORT  what those are told to connect to
  --rocketmq-port N   port of clients of the first RocketMQ 5.x instance, others take the next free ones, 0 for any
                      (default ${LOCAL_ROCKETMQ_PORT})
  --rocketmq-host ADDRESS          where these are listened for (default: as --host)
  --rocketmq-advertised NAME:PORT  what clients of the first port are told to connect to, where that differs
  --access-key-id ID            with --access-key-secret-file FILE: the access key, in place of the settings file's;
                      the file holds its secret and nothing else
  --service-token-file FILE     holds what /_service/ asks for, and nothing else
  --source-tls MODE   TLS to source databases: ${sourceTlsModes.join(", ")} (default ${defaultOptions.sourceTls.mode}: where they offer it)
  --source-tls-ca FILE          certificates that may have signed theirs, in PEM; for verify
  --data FOLDER       where everything is kept (default .change-tracking here, ignored by git)
  --memory            keep nothing on disk
  --seed FILE         YAML with what must exist before the service is ready
  --settings FILE     YAML with settings, keys and source addresses
  --region REGION     region of calls that name none (default ${defaultOptions.region})
  --wait-scale X      multiplies every wait: 1 as published, 0 none
  --log-level LEVEL   ${logLevels.join(", ")} (default ${defaultOptions.logLevel})
  --vault-key FILE    key that seals secrets (default vault.key in the data folder)
  --test-clock        let POST /_service/clock move the clock
  --version, --help

Each flag is also an environment variable: --wait-scale is CHANGE_TRACKING_WAIT_SCALE. A flag wins over the
environment, the environment over the settings file. CHANGE_TRACKING_SERVICE_TOKEN sets the service token.
CHANGE_TRACKING_ACCESS_KEY_ID counts only beside CHANGE_TRACKING_ACCESS_KEY_SECRET_FILE: alone it is for clients.
An address such as tcp://10.0.0.1:8780 in CHANGE_TRACKING_PORT comes from Kubernetes and is ignored.
Without keys in the settings the service knows one pair, on loopback only: ${LOCAL_ACCESS_KEY_ID} / ${LOCAL_ACCESS_KEY_SECRET}.
`;
