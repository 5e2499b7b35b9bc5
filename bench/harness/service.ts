import { type ChildProcess, spawn } from "node:child_process";
import { connect } from "node:net";
import { join } from "node:path";
import { LOCAL_HOST } from "../../contract/local.ts";
import { root } from "../../tools/paths.ts";
import { stopChild } from "../../tools/ps.ts";
import { freePort } from "../../tools/server/port.ts";

const READY_MS_MAX = 15_000;
/** Short enough to measure a start by, long enough not to steal the start's processor. */
const POLL_MS = 3;
const ERROR_TEXT_MAX = 4_000;

export interface RunningService {
  readonly pid: number;
  readonly port: number;
  readonly endpoint: string;
  /** From the spawn to the first good answer of `/_service/health`. */
  readonly readyMs: number;
  stop(): Promise<void>;
}

/** The built service as its users run it, on a free port; resolves when it is ready. */
export async function startService(options: {
  args?: readonly string[];
  nodeArgs?: readonly string[];
}): Promise<RunningService> {
  const port = await freePort();
  const main = join(root, "service/dist/main.js");
  const args = [...(options.nodeArgs ?? []), main, "--port", String(port), ...(options.args ?? [])];
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-ERROR_TEXT_MAX);
  });
  const stop = () => stopChild(child);
  try {
    await untilHealthy(child, port, startedAt + READY_MS_MAX);
  } catch (error) {
    await stop();
    throw new Error(`the service did not become ready: ${(error as Error).message}\n${errors}`);
  }
  const readyMs = performance.now() - startedAt;
  return { pid: child.pid ?? 0, port, endpoint: `http://${LOCAL_HOST}:${port}`, readyMs, stop };
}

async function untilHealthy(child: ChildProcess, port: number, deadline: number): Promise<void> {
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}`);
    if (await answersHealthy(port)) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`no good answer from /_service/health within ${READY_MS_MAX} ms`);
}

/** By hand over a socket: a refused connection then costs next to nothing. */
function answersHealthy(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, LOCAL_HOST);
    let answer = "";
    socket.setEncoding("utf8").setTimeout(1_000, () => socket.destroy());
    socket.on("connect", () =>
      socket.write(
        `GET /_service/health HTTP/1.1\r\nHost: ${LOCAL_HOST}:${port}\r\nConnection: close\r\n\r\n`,
      ),
    );
    socket.on("data", (text: string) => {
      answer += text;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer.startsWith("HTTP/1.1 200 ")));
  });
}
