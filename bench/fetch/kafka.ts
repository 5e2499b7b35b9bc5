import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { mavenClassPath } from "../../tools/maven.ts";
import { mustRun, stopChild } from "../../tools/ps.ts";
import { freePort } from "../../tools/server/port.ts";

const KAFKA = "org.apache.kafka:kafka_2.13:3.9.1";
const READY_MS_MAX = 60_000;
const POLL_MS = 100;
const FORMAT_MS_MAX = 60_000;
/** As Kafka's own start script has it. */
const HEAP = ["-Xms1G", "-Xmx1G", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20"];

export interface RunningKafka {
  readonly brokers: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Apache Kafka as one process, broker and controller, with the topic `copy` of one partition made on first use. */
export async function startKafka(workDir: string): Promise<RunningKafka> {
  const classPath = await mavenClassPath([KAFKA]);
  const folder = join(workDir, "kafka");
  mkdirSync(folder, { recursive: true });
  const [port, controller] = [await freePort(), await freePort()];
  const config = join(folder, "server.properties");
  writeFileSync(config, settingsOf(join(folder, "data"), port, controller));
  const id = randomBytes(16).toString("base64url");
  await mustRun("java", ["-cp", classPath, "kafka.tools.StorageTool", "format", "-t", id, "-c", config], {
    timeoutMs: FORMAT_MS_MAX,
  });
  const child = spawn("java", [...HEAP, "-cp", classPath, "kafka.Kafka", config], {
    cwd: folder,
    stdio: "ignore",
  });
  try {
    await untilListening(child, port);
  } catch (error) {
    await stopChild(child);
    throw error;
  }
  return { brokers: `127.0.0.1:${port}`, pid: child.pid ?? 0, stop: () => stopChild(child) };
}

function settingsOf(data: string, port: number, controller: number): string {
  return [
    "process.roles=broker,controller",
    "node.id=1",
    `controller.quorum.voters=1@127.0.0.1:${controller}`,
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    "controller.listener.names=CONTROLLER",
    "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    `log.dirs=${data}`,
    "offsets.topic.replication.factor=1",
    "offsets.topic.num.partitions=1",
    "transaction.state.log.replication.factor=1",
    "transaction.state.log.min.isr=1",
    "group.initial.rebalance.delay.ms=0",
    "log.retention.ms=-1",
    "num.partitions=1",
    "",
  ].join("\n");
}

/** Its port is open only when it serves. */
async function untilListening(child: ChildProcess, port: number): Promise<void> {
  const deadline = performance.now() + READY_MS_MAX;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`Kafka ended with code ${child.exitCode}`);
    const socket = connect(port, "127.0.0.1");
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true));
      socket.once("error", () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    await sleep(POLL_MS);
  }
  throw new Error(`Kafka did not listen on port ${port} within ${READY_MS_MAX / 1000} s`);
}
