import { spawn } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findOnPath } from "../../../tools/paths.ts";
import { type CommandOptions, mustRun, runCommand, stopChild } from "../../../tools/ps.ts";
import type { Need } from "../needs.ts";

const ANSWER_MS_MAX = 20_000;
const START_MS_MAX = 60_000;
const STOP_MS_MAX = 60_000;
const SBIN = "/usr/sbin:/sbin";

/** A Docker engine of this machine. */
export interface Engine {
  readonly env: NodeJS.ProcessEnv;
  /** Runs `docker ...` and returns what it printed, without the line end. Rejects when it fails. */
  docker(args: readonly string[], options?: CommandOptions): Promise<string>;
  /** Ends the engine if it was started here, with all that it keeps. */
  stop(): Promise<void>;
}

/**
 * The engine that answers. Where none does, and this is root with `dockerd` installed, one of the test's own is started,
 * which keeps everything in a temporary folder: on CI and where CHANGE_TRACKING_DOCKER=start asks for it, because an engine
 * sets up the machine's packet filter. Else the need that stands in skipped tests.
 */
export async function findEngine(): Promise<{ engine?: Engine; need: Need }> {
  const need = (why: string): Need => ({
    name: `a Docker engine (${why})`,
    available: false,
    offeredByRegistries: false,
  });
  if (process.platform !== "linux" || !findOnPath("docker"))
    return { need: need("Linux with apt install docker.io") };
  const running = engineOf(process.env, async () => undefined);
  if (await answers(running)) return { engine: running, need: { ...need(""), available: true } };
  const { CI, CHANGE_TRACKING_DOCKER, PATH } = process.env;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !findOnPath("dockerd", `${PATH}:${SBIN}`))
    return { need: need("none answers, none can be started") };
  if (CI !== "true" && CHANGE_TRACKING_DOCKER !== "start")
    return { need: need("none answers; CHANGE_TRACKING_DOCKER=start starts one") };
  try {
    return { engine: await startEngine(), need: { ...need(""), available: true } };
  } catch (error) {
    return { need: need((error as Error).message.split("\n")[0] ?? "") };
  }
}

function engineOf(env: NodeJS.ProcessEnv, stop: Engine["stop"]): Engine {
  return {
    env,
    stop,
    async docker(args, options = {}) {
      const { stdout } = await mustRun("docker", args, { timeoutMs: ANSWER_MS_MAX, ...options, env });
      return stdout.trim();
    },
  };
}

async function answers({ env }: Engine): Promise<boolean> {
  const { code } = await runCommand("docker", ["version"], { env, timeoutMs: ANSWER_MS_MAX });
  return code === 0;
}

async function startEngine(): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), "engine-"));
  const [socket, log] = [join(folder, "docker.sock"), join(folder, "log")];
  const places = ["data-root", "exec-root", "pidfile"].map((name) => `--${name}=${join(folder, name)}`);
  const path = `${process.env.PATH}:${SBIN}`;
  const out = openSync(log, "w");
  const daemon = spawn("dockerd", [...places, `--host=unix://${socket}`], {
    env: { ...process.env, PATH: path },
    stdio: ["ignore", out, out],
  });
  const stop = async () => {
    await stopChild(daemon, { graceMs: STOP_MS_MAX });
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  process.once("exit", () => daemon.kill("SIGTERM"));
  const engine = engineOf({ ...process.env, PATH: path, DOCKER_HOST: `unix://${socket}` }, stop);
  const deadline = Date.now() + START_MS_MAX;
  while (daemon.exitCode === null && Date.now() < deadline) {
    if (await answers(engine)) return engine;
    await sleep(200);
  }
  const said = readFileSync(log, "utf8").trim().split("\n").at(-1);
  await stop();
  throw new Error(`dockerd does not start here: ${said}`);
}
