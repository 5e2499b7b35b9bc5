import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import mysql from "mysql2/promise";
import type { Need } from "../../../support/needs.ts";

const server = find("mariadbd");
const installer = find("mariadb-install-db");

export const mariadbNeed: Need = {
  name: "mariadbd (apt install mariadb-server)",
  available: server !== undefined && installer !== undefined,
  offeredByRegistries: true,
};

export interface RunningMariadb {
  readonly port: number;
  /** As root, without password. */
  run(sql: string): Promise<void>;
  stop(): Promise<void>;
}

/** A real MariaDB in a folder of its own, on a free port of 127.0.0.1. */
export async function startMariadb(options: readonly string[]): Promise<RunningMariadb> {
  const folder = mkdtempSync(join(tmpdir(), "mariadb-test-"));
  const basedir = dirname(dirname(server ?? ""));
  const common = ["--no-defaults", `--basedir=${basedir}`, `--datadir=${folder}`];
  execFileSync(
    installer ?? "",
    [...common, "--user=root", "--auth-root-authentication-method=normal", "--skip-test-db"],
    { stdio: "ignore", timeout: 60_000 },
  );
  const port = await freePort();
  const listen = [
    "--bind-address=127.0.0.1",
    `--port=${port}`,
    `--socket=${join(folder, "s")}`,
    "--user=root",
  ];
  const child = spawn(server ?? "", [...common, ...listen, ...options], { stdio: "ignore" });
  const login = { host: "127.0.0.1", port, user: "root" };
  await answered(login, child);
  return {
    port,
    async run(sql) {
      const connection = await mysql.createConnection(login);
      await connection.query(sql);
      await connection.end();
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(late);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answered(login: mysql.ConnectionOptions, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    if (child.exitCode !== null) throw new Error(`mariadbd ended with ${child.exitCode}`);
    try {
      const connection = await mysql.createConnection(login);
      return await connection.end();
    } catch {
      await sleep(100);
    }
  }
  throw new Error("mariadbd does not answer");
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function find(program: string): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}
