import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { mavenClassPath } from "../../tools/maven.ts";
import { mustRun, stopChild } from "../../tools/ps.ts";
import { freePort } from "../../tools/server/port.ts";
import type { QueueAccess } from "../plane/queues.ts";

const VERSION = "5.3.3";
const PARTS = ["rocketmq-proxy", "rocketmq-namesrv", "rocketmq-tools"].map(
  (name) => `org.apache.rocketmq:${name}:${VERSION}`,
);
/** No topic may have its name. */
const CLUSTER = "bench-cluster";
const READY_MS_MAX = 60_000;
const ADMIN_MS_MAX = 60_000;
const POLL_MS = 100;
const OPENS = ["java.base/java.nio", "java.base/sun.nio.ch"].map((name) => `--add-opens=${name}=ALL-UNNAMED`);
/** Enough for what is measured here to stay in memory; its scripts, made for servers, ask for 8 GB. */
const HEAP = ["-Xms1G", "-Xmx1G", "-XX:+UseG1GC", "-XX:MaxDirectMemorySize=1G"];

/** When a message counts as kept: in the page cache, as Apache RocketMQ is delivered, or on the disk, as here. */
export type Flush = "ASYNC_FLUSH" | "SYNC_FLUSH";

export interface RunningRocketMq extends QueueAccess {
  /** Of the process that keeps the messages and talks to clients. */
  readonly pid: number;
  stop(): Promise<void>;
}

export const ROCKETMQ = `Apache RocketMQ ${VERSION}`;

/** Name server, and proxy with the broker inside, with one topic of plain messages in four queues and one group. */
export async function startRocketMq(
  workDir: string,
  { topic, group, flush }: { topic: string; group: string; flush: Flush },
): Promise<RunningRocketMq> {
  const classPath = await mavenClassPath(PARTS);
  const home = join(workDir, `rocketmq-${flush}`);
  mkdirSync(join(home, "conf"), { recursive: true });
  const ports = await freePorts();
  const settings = writeSettings(home, ports, flush);
  const children: ChildProcess[] = [];
  const stop = async () => {
    for (const child of children.reverse()) await stopChild(child);
  };
  const start = (options: readonly string[], main: string, args: readonly string[]) => {
    const child = spawn("java", [...jvm(home), ...options, "-cp", classPath, main, ...args], {
      cwd: home,
      env: { ...process.env, ROCKETMQ_HOME: home },
      stdio: "ignore",
    });
    children.push(child);
    return child;
  };
  try {
    const names = start(["-Xmx256m"], "org.apache.rocketmq.namesrv.NamesrvStartup", ["-c", settings.names]);
    await untilListening(names, ports.names);
    const proxy = start(HEAP, "org.apache.rocketmq.proxy.ProxyStartup", [
      ...["-n", `127.0.0.1:${ports.names}`, "-bc", settings.broker, "-pc", settings.proxy, "-pm", "LOCAL"],
    ]);
    await untilListening(proxy, ports.grpc);
    const admin = (...args: readonly string[]) => administer(home, classPath, args);
    const where = ["-n", `127.0.0.1:${ports.names}`, "-c", CLUSTER];
    await admin("updateTopic", ...where, "-t", topic, "-r", "4", "-w", "4", "-a", "+message.type=NORMAL");
    await admin("updateSubGroup", ...where, "-g", group);
    return { address: `127.0.0.1:${ports.grpc}`, pid: proxy.pid ?? 0, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Again while the broker has not told the name server that it is there: the command ends with 0 then as well. */
async function administer(home: string, classPath: string, args: readonly string[]): Promise<void> {
  const deadline = performance.now() + ADMIN_MS_MAX;
  const main = "org.apache.rocketmq.tools.command.MQAdminStartup";
  let said = "";
  while (performance.now() < deadline) {
    const { stdout, stderr } = await mustRun("java", [...jvm(home), "-cp", classPath, main, ...args], {
      timeoutMs: ADMIN_MS_MAX,
    });
    said = `${stdout}${stderr}`;
    if (/success/.test(said)) return;
  }
  throw new Error(`${args[0]} did not succeed within ${ADMIN_MS_MAX / 1000} s:\n${said.slice(-2_000)}`);
}

type Ports = Awaited<ReturnType<typeof freePorts>>;

async function freePorts() {
  const next = () => freePort();
  return {
    names: await next(),
    grpc: await next(),
    remoting: await next(),
    broker: await next(),
    fast: await next(),
    ha: await next(),
  };
}

function jvm(home: string): string[] {
  return [...OPENS, `-Drocketmq.home.dir=${home}`, `-Duser.home=${home}`];
}

function writeSettings(home: string, ports: Ports, flush: Flush) {
  const names = join(home, "conf", "names.properties");
  const broker = join(home, "conf", "broker.conf");
  const proxy = join(home, "conf", "rmq-proxy.json");
  writeFileSync(names, `listenPort=${ports.names}\n`);
  const lines = {
    brokerClusterName: CLUSTER,
    brokerName: "bench-0",
    brokerId: 0,
    brokerIP1: "127.0.0.1",
    listenPort: ports.broker,
    fastListenPort: ports.fast,
    haListenPort: ports.ha,
    namesrvAddr: `127.0.0.1:${ports.names}`,
    storePathRootDir: join(home, "store"),
    storePathCommitLog: join(home, "store", "commitlog"),
    autoCreateTopicEnable: false,
    autoCreateSubscriptionGroup: false,
    flushDiskType: flush,
    // A disk that others have filled would make it refuse messages.
    diskMaxUsedSpaceRatio: 95,
  };
  const text = Object.entries(lines).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(broker, text.join(""));
  writeFileSync(
    proxy,
    JSON.stringify({
      rocketMQClusterName: CLUSTER,
      proxyMode: "LOCAL",
      grpcServerPort: ports.grpc,
      remotingListenPort: ports.remoting,
      namesrvAddr: `127.0.0.1:${ports.names}`,
    }),
  );
  return { names, broker, proxy };
}

async function untilListening(child: ChildProcess, port: number): Promise<void> {
  const deadline = performance.now() + READY_MS_MAX;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`Apache RocketMQ ended with code ${child.exitCode}`);
    const socket = connect(port, "127.0.0.1");
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true));
      socket.once("error", () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    await sleep(POLL_MS);
  }
  throw new Error(`Apache RocketMQ did not listen on port ${port} within ${READY_MS_MAX / 1000} s`);
}
