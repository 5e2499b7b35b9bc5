import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { ChangeTrackingInstance, ConsumerGroup } from "pulumi-change-tracking";

/*
 * Builds the service's image, runs it beside a PostgreSQL, waits until both are healthy, and declares an instance and a group
 * against it. Secrets reach the containers as files of a volume: an environment is shown to all who may inspect a container.
 */

const config = new pulumi.Config();
const provider = new pulumi.Config("changetracking");
/** At the root of a clone. */
const clone = config.get("clone") ?? "../..";
const base = config.get("base");
const endpoint = new URL(provider.require("endpoint"));
const readersPort = config.getNumber("readersPort") ?? 18_002;
const databasePassword = config.requireSecret("databasePassword");

const WAIT_SECONDS_MAX = 120;
const SECRETS = "/run/secrets";

const network = new docker.Network("tracking");
const volume = (name: string) => new docker.Volume(name).name;

/** A folder of files that the container's user may read; written before it starts. */
function secretFiles(name: string, files: Record<string, pulumi.Input<string>>) {
  return {
    volumes: [{ volumeName: volume(name), containerPath: SECRETS }],
    uploads: Object.entries(files).map(([file, content]) => ({
      file: `${SECRETS}/${file}`,
      content,
      permissions: "0444",
    })),
  };
}

const ofDatabase = secretFiles("database-secrets", { password: databasePassword });
const database = new docker.Container("database", {
  image: new docker.RemoteImage("database", { name: "postgres:17", keepLocally: true }).imageId,
  command: ["postgres", "-c", "wal_level=logical"],
  envs: ["POSTGRES_USER=tracker", "POSTGRES_DB=shop", `POSTGRES_PASSWORD_FILE=${SECRETS}/password`],
  networksAdvanced: [{ name: network.name, aliases: ["database"] }],
  uploads: ofDatabase.uploads,
  volumes: [
    ...ofDatabase.volumes,
    { volumeName: volume("database"), containerPath: "/var/lib/postgresql/data" },
  ],
  healthcheck: {
    tests: ["CMD", "pg_isready", "--host", "127.0.0.1", "--username", "tracker", "--dbname", "shop"],
    interval: "2s",
    retries: 30,
  },
  wait: true,
  waitTimeout: WAIT_SECONDS_MAX,
});

const image = new docker.Image("service", {
  imageName: "change-tracking-service:local",
  build: { context: clone, dockerfile: `${clone}/Dockerfile`, ...(base && { args: { BASE: base } }) },
  skipPush: true,
});

const settings = {
  hosts: ["tracking"],
  sourceInstances: { "pgm-shop": { host: "database", port: 5432 } },
  kafka: {
    advertised: "tracking:18001",
    public: { port: 18_002, advertised: `${endpoint.hostname}:${readersPort}` },
  },
};
const ofService = secretFiles("service-secrets", {
  "access-key": provider.requireSecret("accessKeySecret"),
  "service-token": config.requireSecret("serviceToken"),
  "settings.yaml": JSON.stringify(settings),
});
const service = new docker.Container("service", {
  // The image's id: what is built anew is run anew.
  image: image.repoDigest,
  envs: [
    `CHANGE_TRACKING_ACCESS_KEY_ID=${provider.require("accessKeyId")}`,
    `CHANGE_TRACKING_ACCESS_KEY_SECRET_FILE=${SECRETS}/access-key`,
    `CHANGE_TRACKING_SERVICE_TOKEN_FILE=${SECRETS}/service-token`,
    `CHANGE_TRACKING_SETTINGS=${SECRETS}/settings.yaml`,
  ],
  networksAdvanced: [{ name: network.name, aliases: ["tracking"] }],
  ports: [
    { internal: 8780, external: Number(endpoint.port), ip: "127.0.0.1" },
    { internal: 18_002, external: readersPort, ip: "127.0.0.1" },
  ],
  uploads: ofService.uploads,
  volumes: [...ofService.volumes, { volumeName: volume("service"), containerPath: "/data" }],
  readOnly: true,
  capabilities: { drops: ["ALL"] },
  securityOpts: ["no-new-privileges:true"],
  destroyGraceSeconds: 30,
  restart: "unless-stopped",
  wait: true,
  waitTimeout: WAIT_SECONDS_MAX,
});

/** Nothing is asked of the service before it is there, and it is ended after them. */
const after = { dependsOn: [service, database] };

const orders = new ChangeTrackingInstance(
  "orders",
  {
    source: {
      engine: "PostgreSQL",
      accessMethod: "RDS",
      instanceId: "pgm-shop",
      databaseName: "shop",
      user: "tracker",
      password: databasePassword,
    },
    objects: { shop: {} },
  },
  after,
);

const billing = new ConsumerGroup(
  "billing",
  {
    platform: "changeTracking",
    instance: orders,
    account: "billing_reader",
    password: config.requireSecret("groupPassword"),
  },
  after,
);

export const topic = orders.topic;
export const brokers = orders.brokers;
export const groupId = billing.groupId;
