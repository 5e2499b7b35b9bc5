import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { build } from "../../tools/build.ts";
import { root } from "../../tools/paths.ts";
import { runCommand } from "../../tools/ps.ts";
import { freePort } from "../../tools/server/port.ts";
import { type Caller, callerOf } from "../service/dts/support/clients.ts";
import { detailOf } from "../service/dts/support/service.ts";
import { until } from "../service/dts/support/wait.ts";
import { findEngine } from "../support/docker/engine.ts";
import { buildImage, removeImage } from "../support/docker/image.ts";
import { consume } from "../support/dts/consumer.ts";
import { PostgresSource } from "../support/dts/postgres-source.ts";
import { ReadingProgram } from "../support/dts/reading-program.ts";
import {
  capturedInstance,
  endpointOf,
  makeGroup,
  ORDERS,
  trackingEnvironment,
} from "../support/dts/tracked.ts";
import { needs } from "../support/needs.ts";

/* The image of the Dockerfile in a container, with one reader inside its network and one outside. */

const SECRET = "Secret-of-team-a-1";
const TOKEN = "Token-of-the-service-1";
/** What `docker stop` gives by itself. */
const GRACE_MS = 10_000;
const NODE = "/usr/local/bin/node";

const { engine, need } = await findEngine();
const it = needs(need);
const docker = (...args: string[]) => {
  if (!engine) throw new Error("no engine");
  return engine.docker(args);
};

const name = `change-tracking-test-${process.pid}`;
const folder = mkdtempSync(join(tmpdir(), "docker-test-"));
let gateway: string;
let source: PostgresSource;
let relay: Server;
let ports: { http: number; kafka: number };
let call: Caller;

beforeAll(async () => {
  if (!engine) return;
  // For the reader inside.
  await build({ only: ["records"] });
  await buildImage(engine, name);
  await docker("network", "create", name);
  gateway = await docker("network", "inspect", name, "--format", "{{(index .IPAM.Config 0).Gateway}}");
  source = await PostgresSource.start();
  for (const statement of ORDERS) await source.sql(statement);
  relay = createServer((socket) => {
    pipeline(socket, connect(source.server.port, "127.0.0.1"), socket, () => {});
  });
  await new Promise<void>((resolve) => void relay.listen(0, gateway, resolve));
  ports = { http: await freePort(), kafka: await freePort() };
  call = callerOf("openapi-client V3", `http://127.0.0.1:${ports.http}`, {
    accessKeyId: "team-a",
    accessKeySecret: SECRET,
  });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  if (!engine) return;
  for (const args of [
    ["rm", "--force", "--volumes", name],
    ["volume", "rm", "--force", name],
    ["network", "rm", name],
  ])
    await runCommand("docker", args, { env: engine.env });
  await removeImage(engine, name);
  relay?.close();
  await source?.stop();
  await engine.stop();
});

/** Everything that docs/docker.md asks for: no right, no write but to the volume, secrets in files. */
async function start(): Promise<void> {
  const file = (path: string, text: string) => writeFileSync(join(folder, path), text, { mode: 0o644 });
  // The ordinary user of the container has to enter it.
  chmodSync(folder, 0o755);
  file("key", `${SECRET}\n`);
  file("token", `${TOKEN}\n`);
  const kafka = {
    advertised: `${name}:18001`,
    public: { port: 18_002, advertised: `127.0.0.1:${ports.kafka}` },
  };
  file(
    "settings.yaml",
    JSON.stringify({ waitScale: 0, hosts: [name], outbound: { allow: [gateway] }, kafka }),
  );
  const variables = {
    ACCESS_KEY_ID: "team-a",
    ACCESS_KEY_SECRET_FILE: "/run/secrets/key",
    SERVICE_TOKEN_FILE: "/run/secrets/token",
    SETTINGS: "/run/secrets/settings.yaml",
  };
  await docker(
    ...["run", "--detach", "--name", name, "--network", name],
    ...["--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"],
    ...["--volume", `${name}:/data`, "--volume", `${folder}:/run/secrets:ro`],
    ...["--publish", `127.0.0.1:${ports.http}:8780`, "--publish", `127.0.0.1:${ports.kafka}:18002`],
    ...Object.entries(variables).flatMap(([key, value]) => ["--env", `CHANGE_TRACKING_${key}=${value}`]),
    name,
  );
  await healthy();
}

const inspect = async (format: string) => docker("inspect", name, "--format", format);
const healthy = () =>
  until(
    () => inspect("{{.State.Status}}, {{.State.Health.Status}}"),
    (state) => {
      if (!state.startsWith("running")) throw new Error(`the container is ${state}`);
      return state === "running, healthy";
    },
  );

/** Runs a script in the container; returns what it prints. */
const inside = (script: string) => docker("exec", name, NODE, "--eval", script);

describe("the image", () => {
  it("starts with keys of one's own only", async () => {
    const result = await runCommand("docker", ["run", "--rm", name], { env: engine?.env ?? {} });
    expect(result).toMatchObject({ code: 1, stdout: "" });
    expect(result.stderr).toMatch(/refusing to listen on 0\.0\.0\.0.*--access-key-secret-file/);
  });

  it("has no shell, and is small", async () => {
    await expect(docker("run", "--rm", "--entrypoint", "/bin/sh", name)).rejects.toThrow(/no such file/);
    expect(Number(await docker("image", "inspect", name, "--format", "{{.Size}}"))).toBeLessThan(200e6);
  });

  it("gets healthy as an ordinary user over a root that cannot be written, and holds no secret", async () => {
    await start();
    expect(await inside("console.log(process.getuid(), process.getgid())")).toBe("65532 65532");
    const tried = `try { require("node:fs").writeFileSync("/app/x", "") } catch (error) { console.log(error.code) }`;
    expect(await inside(tried)).toBe("EROFS");
    const mode = `console.log((require("node:fs").statSync("/data/store.sqlite").mode & 0o777).toString(8))`;
    expect(await inside(mode)).toBe("600");
    const seen = [
      await docker("inspect", name),
      await docker("history", "--no-trunc", name),
      await docker("logs", name),
    ];
    for (const text of seen) for (const secret of [SECRET, TOKEN]) expect(text).not.toContain(secret);
  });

  it("is read from inside its network and from outside at once, and a stop in order loses nothing", async () => {
    const address = relay.address() as { port: number };
    const place = { SourceEndpointIP: gateway, SourceEndpointPort: String(address.port) };
    const instanceId = await capturedInstance(call, { ...endpointOf(source), ...place });
    const { SubscriptionHost } = await detailOf(call, instanceId);
    expect(SubscriptionHost).toMatchObject({
      PublicHost: `127.0.0.1:${ports.kafka}`,
      VpcHost: `${name}:18001`,
    });
    const outside = await consume(await makeGroup(call, instanceId, "outside"));
    const group = { ...(await makeGroup(call, instanceId, "inside")), broker: `${name}:18001` };
    const environment = Object.entries(trackingEnvironment(group)).flatMap(([key, value]) => [
      "--env",
      `${key}=${value}`,
    ]);
    const run = ["run", "--rm", "--network", name, "--user", "0", "--volume", `${root}:/repository:ro`];
    const program = ["--entrypoint", NODE, ...environment, name, "/repository/examples/consume/index.ts"];
    const reader = new ReadingProgram(["docker", ...run, ...program], {
      env: engine?.env as Record<string, string>,
    });
    try {
      const insert = (id: number) => source.sql(`INSERT INTO orders VALUES (${id}, 1, 'new')`);
      await insert(1);
      await reader.linesUntil(/ id=1 /);
      await until(outside.rows, (rows) => rows.includes("INSERT 1"));

      const stopping = performance.now();
      await Promise.all([docker("stop", name), insert(2)]);
      expect(performance.now() - stopping).toBeLessThan(GRACE_MS);
      expect(await inspect("{{.State.ExitCode}}")).toBe("0");
      await insert(3);
      await docker("start", name);
      await healthy();
      await insert(4);
      await reader.linesUntil(/ id=4 /);
      const rows = await until(outside.rows, (all) => all.includes("INSERT 4"));
      expect([...new Set(rows)]).toEqual(["INSERT 1", "INSERT 2", "INSERT 3", "INSERT 4"]);
    } finally {
      await reader.end();
      await outside.stop();
    }
  });
});
