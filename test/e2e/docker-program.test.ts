import { delimiter, join } from "node:path";
import { afterAll, expect } from "vitest";
import { root } from "../../tools/paths.ts";
import { freePort } from "../../tools/server/port.ts";
import { findEngine } from "../support/docker/engine.ts";
import { baseImage, hasImage, removeImage } from "../support/docker/image.ts";
import { dockerPlugin } from "../support/docker/plugin.ts";
import { withStack } from "../support/e2e.ts";
import { type Need, needs } from "../support/needs.ts";
import { did } from "./support/ground.ts";

/* The program in examples/docker, run by the plugin of @pulumi/docker over a Docker engine. */

const DATABASE = "postgres:17";
/** What the program calls it. */
const IMAGE = "change-tracking-service:local";
const TAG = `change-tracking-test-program-${process.pid}`;

const plugin = dockerPlugin();
const found = plugin.need.available ? await findEngine() : { need: plugin.need };
const engine = "engine" in found ? found.engine : undefined;
const need: Need =
  engine && !(await hasImage(engine, DATABASE))
    ? { name: `the image ${DATABASE}`, available: false, offeredByRegistries: false }
    : found.need;

afterAll(async () => {
  if (!engine) return;
  await removeImage(engine, IMAGE);
  await removeImage(engine, TAG);
  await engine.stop();
});

needs(need)("builds, runs, waits, declares against it, and takes all away again", async () => {
  if (!engine) throw new Error("no engine");
  const endpoint = `http://127.0.0.1:${await freePort()}`;
  const config = {
    "changetracking:endpoint": endpoint,
    "changetracking:accessKeyId": "team-a",
    "changetracking:serviceInProgram": "true",
    "changetracking:accessKeySecret": { secret: "Secret-of-team-a-1" },
    serviceToken: { secret: "Token-of-the-service-1" },
    databasePassword: { secret: "Source-pw-1" },
    groupPassword: { secret: "Gr0up-pw-7391" },
    clone: root,
    base: await baseImage(engine, `${TAG}-base`),
    readersPort: await freePort(),
  };
  const program = join(root, "examples/docker");
  await withStack({ program, config, project: "docker-service" }, async (stack) => {
    const { DOCKER_HOST } = engine.env;
    const env = {
      PATH: [plugin.folder, stack.env.PATH].join(delimiter),
      ...(DOCKER_HOST && { DOCKER_HOST }),
    };
    const preview = await stack.preview({ env });
    expect(preview.errors).toEqual([]);
    expect(preview.warnings.join()).toContain("changetracking:serviceInProgram");

    const up = await stack.up({ env, timeoutMs: 20 * 60_000 });
    expect(up.errors).toEqual([]);
    const { brokers } = (await stack.outputs()) as { brokers: { public: string; vpc: string } };
    expect(brokers).toMatchObject({ public: `127.0.0.1:${config.readersPort}`, vpc: "tracking:18001" });
    expect(did(await stack.up({ env }))).toEqual([]);
    expect((await stack.destroy({ env })).errors).toEqual([]);
    await expect(fetch(endpoint)).rejects.toThrow();
  });
});
