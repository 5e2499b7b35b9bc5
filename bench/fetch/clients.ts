import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { javaClasses, mavenClassPath } from "../../tools/maven.ts";
import { mustRun } from "../../tools/ps.ts";

const CLIENT = "org.apache.kafka:kafka-clients:4.1.0";
const SOURCE = fileURLToPath(new URL("java/FetchBench.java", import.meta.url));
const NODE_CLIENT = fileURLToPath(new URL("node-client.ts", import.meta.url));
const RUN_MS_MAX = 600_000;

/** Where to read, and as whom. */
export interface FetchTarget {
  readonly brokers: string;
  readonly topic: string;
  readonly group: string;
  readonly login?: { readonly user: string; readonly password: string };
  readonly records: number;
}

export interface Pass {
  readonly recordsPerSecond: number;
  readonly megabytesPerSecond: number;
}

/** Reads all of a topic and counts it, each pass from the beginning; the first one, which warms up, is left out. */
export type FetchClient = (target: FetchTarget, passes: number) => Promise<readonly Pass[]>;

export interface JavaClient {
  readonly measure: FetchClient;
  /** Produces what is there to the topic `copy` of another cluster. */
  copy(target: FetchTarget, brokers: string): Promise<void>;
}

/** Apache Kafka's own consumer. */
export async function javaClient(workDir: string): Promise<JavaClient> {
  const classPath = await mavenClassPath([CLIENT]);
  const classes = await javaClasses([SOURCE], classPath);
  let runs = 0;
  const run = async (mode: string, target: FetchTarget, more: string) => {
    const settings = join(workDir, `client-${++runs}.properties`);
    writeFileSync(settings, settingsOf(target));
    const args = [mode, settings, target.topic, String(target.records), more];
    const command = ["-Xmx512m", "-cp", `${classPath}:${classes}`, "FetchBench", ...args];
    return (await mustRun("java", command, { timeoutMs: RUN_MS_MAX })).stdout;
  };
  return {
    measure: async (target, passes) => passesIn(await run("measure", target, String(passes + 1))),
    copy: async (target, brokers) => {
      await run("copy", target, brokers);
    },
  };
}

/** The newest client for Node.js. */
export const nodeClient: FetchClient = async (target, passes) => {
  const order = JSON.stringify({ ...target, passes: passes + 1 });
  const { stdout } = await mustRun(process.execPath, [NODE_CLIENT, order], { timeoutMs: RUN_MS_MAX });
  return passesIn(stdout);
};

/** Each line `pass seconds records bytes`. */
function passesIn(text: string): Pass[] {
  const passes = [...text.matchAll(/^pass (\S+) (\d+) (\d+)$/gm)].map(([, seconds, records, bytes]) => ({
    recordsPerSecond: Number(records) / Number(seconds),
    megabytesPerSecond: Number(bytes) / 1e6 / Number(seconds),
  }));
  if (passes.length < 2) throw new Error(`the client did not measure:\n${text.slice(-2_000)}`);
  return passes.slice(1);
}

function settingsOf({ brokers, group, login }: FetchTarget): string {
  const lines = [
    `bootstrap.servers=${brokers}`,
    `group.id=${group}`,
    "enable.auto.commit=false",
    "auto.offset.reset=none",
    "max.poll.records=5000",
    "key.deserializer=org.apache.kafka.common.serialization.ByteArrayDeserializer",
    "value.deserializer=org.apache.kafka.common.serialization.ByteArrayDeserializer",
  ];
  if (login) {
    const module = "org.apache.kafka.common.security.plain.PlainLoginModule";
    lines.push(
      "security.protocol=SASL_PLAINTEXT",
      "sasl.mechanism=PLAIN",
      `sasl.jaas.config=${module} required username="${login.user}" password="${login.password}";`,
    );
  }
  return `${lines.join("\n")}\n`;
}
