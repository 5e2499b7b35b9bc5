import { z } from "zod";
import {
  accessMethod,
  consumerGroupAccount,
  consumerGroupName,
  consumerGroupPassword,
  instanceName,
  regionId,
} from "../../contract/limits/dts.ts";
import { wireEngineName } from "../../contract/limits/source.ts";
import { DEFAULT_RESOURCE_GROUP_ID } from "../../contract/local.ts";
import type { Kernel } from "../core/kit/kernel.ts";
import { readSeedPart, seedInstances } from "../core/kit/room-seed.ts";
import { configureJob } from "./engine/configure.ts";
import { createGroup } from "./engine/groups.ts";
import { createJob, startJob } from "./engine/jobs.ts";
import { tagInstances } from "./engine/tags.ts";
import { waitForStatus } from "./engine/waiting.ts";
import { dtsStore } from "./store.ts";

const groupSeed = z.strictObject({
  name: consumerGroupName,
  account: consumerGroupAccount,
  password: consumerGroupPassword,
});

const sourceSeed = z.strictObject({
  engine: wireEngineName.default("MySQL"),
  instanceId: z.string().default(""),
  instanceType: accessMethod.optional(),
  host: z.string().default(""),
  port: z.number().int().min(1).max(65535).optional(),
  database: z.string().default(""),
  user: z.string().default(""),
  password: z.string().optional(),
});

const instanceSeed = z.strictObject({
  name: instanceName,
  region: regionId.optional(),
  source: sourceSeed,
  /** The objects as DbList writes them, but as YAML. */
  objects: z.record(z.string(), z.unknown()),
  startAtSeconds: z.number().int().min(0).optional(),
  tags: z.record(z.string(), z.string()).default({}),
  groups: z.array(groupSeed).default([]),
});

const seedPart = z.strictObject({ instances: z.array(instanceSeed).default([]) });

type InstanceSeed = z.output<typeof instanceSeed>;

/**
 * Makes the instances of a seed file, started and with their groups:
 * `instances: [{ name, region, source: { engine, host, port, database, user, password } or { instanceId },
 * objects, startAtSeconds, tags, groups: [{ name, account, password }] }]`.
 * An instance whose name the region has is left as it is, so a service may start with the same file again.
 */
export async function seedDts(kernel: Kernel, part: unknown): Promise<void> {
  const { instances } = readSeedPart("dts", seedPart, part);
  const known = dtsStore(kernel.store).jobs();
  await seedInstances(
    kernel,
    "dts",
    instances,
    () => known,
    (seed, region) => seedInstance(kernel, region, seed),
  );
}

async function seedInstance(kernel: Kernel, region: string, seed: InstanceSeed): Promise<void> {
  const { source } = seed;
  const job = createJob(kernel, {
    region,
    name: seed.name,
    status: "NotConfigured",
    payType: "PostPaid",
    instanceClass: "large",
    resourceGroupId: DEFAULT_RESOURCE_GROUP_ID,
    engineName: source.engine,
    sourceRegion: region,
  });
  const configuration = {
    password: source.password,
    source: {
      engineName: source.engine,
      instanceType: source.instanceType ?? (source.host === "" ? "RDS" : "LocalInstance"),
      instanceId: source.instanceId,
      host: source.host,
      port: source.port === undefined ? "" : String(source.port),
      databaseName: source.database,
      userName: source.user,
      region,
      oracleSid: "",
      ownerId: "",
      roleName: "",
    },
    objects: JSON.stringify(seed.objects),
    ddl: true,
    dml: true,
    networkType: "classic",
    vpcId: "",
    vSwitchId: "",
    reserved: "{}",
    ...(seed.startAtSeconds === undefined ? {} : { startAtSeconds: seed.startAtSeconds }),
  };
  try {
    configureJob(kernel, job.jobId, configuration, {
      host: "source.host",
      port: "source.port",
      instanceId: "source.instanceId",
      dml: "dml",
    });
    startJob(kernel, job.jobId);
    await waitForStatus(kernel, job.jobId, "Normal");
    for (const group of seed.groups) {
      createGroup(kernel, job.jobId, { name: group.name, userName: group.account, password: group.password });
    }
    const tags = Object.entries(seed.tags).map(([key, value]) => ({ key, value }));
    if (tags.length > 0) tagInstances(kernel, [job.instanceId], tags);
  } catch (error) {
    dtsStore(kernel.store).deleteJob(job);
    throw error;
  }
}
