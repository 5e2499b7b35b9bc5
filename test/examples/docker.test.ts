import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it, vi } from "vitest";

/* The program in examples/docker over a Docker that is made up: what it asks for, and in which order. */

interface Asked {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

const SECRETS = {
  "changetracking:accessKeySecret": "Secret-of-team-a-1",
  "docker-service:serviceToken": "Token-of-the-service-1",
  "docker-service:databasePassword": "Source-pw-1",
  "docker-service:groupPassword": "Gr0up-pw-7391",
};
const CONFIG = {
  ...SECRETS,
  "changetracking:endpoint": "http://127.0.0.1:9780",
  "changetracking:accessKeyId": "team-a",
  "docker-service:base": "local-base",
};

const asked: Asked[] = [];
/** What had been asked for when the container of the service became healthy. */
let beforeHealthy: string[] = [];

const resource = (type: string, name: string) => {
  const found = asked.find((one) => one.type.endsWith(type) && one.name === name);
  if (!found) throw new Error(`no ${type} called ${name}`);
  return plain(found.inputs) as Record<string, unknown>;
};

/** How values that are secrets go to the engine. */
const SECRET_MARK = "4dabf18193072939515e22adb298388d";

/** The values with the marks of the secret ones left out. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const held = value as Record<string, unknown>;
  if (SECRET_MARK in held) return plain(held.value);
  return Object.fromEntries(Object.entries(held).map(([key, one]) => [key, plain(one)]));
}

/** All texts that go to the engine without such a mark. */
function unmarked(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || SECRET_MARK in value) return [];
  return Object.values(value).flatMap(unmarked);
}

beforeAll(async () => {
  await pulumi.runtime.setMocks(
    {
      async newResource({ type, name, inputs }) {
        asked.push({ type, name, inputs });
        if (type === "docker:index/container:Container" && name === "service") {
          // Long enough for all that does not wait.
          await new Promise((resolve) => setTimeout(resolve, 500));
          beforeHealthy = asked.map((one) => one.type.split(":").at(-1) ?? "");
        }
        return { id: `${name}-id`, state: { name, repoDigest: "sha256:1", imageId: "sha256:2", ...inputs } };
      },
      call: ({ inputs }) => inputs,
    },
    "docker-service",
    "test",
    false,
  );
  pulumi.runtime.setAllConfig(CONFIG, Object.keys(SECRETS));
  await import("../../examples/docker/index.ts");
  await vi.waitFor(() => expect(asked.map((one) => one.name)).toContain("billing"), 60_000);
});

describe("examples/docker", () => {
  it("builds the Dockerfile of the clone over the base that is asked for, and publishes nothing", () => {
    expect(resource("Image", "service")).toMatchObject({
      skipPush: true,
      build: { context: "../..", dockerfile: "../../Dockerfile", args: { BASE: "local-base" } },
    });
  });

  it("runs it without rights over a root that cannot be written, and waits until it is healthy", () => {
    expect(resource("Container", "service")).toMatchObject({
      image: "sha256:1",
      readOnly: true,
      capabilities: { drops: ["ALL"] },
      securityOpts: ["no-new-privileges:true"],
      wait: true,
      ports: [
        { internal: 8780, external: 9780, ip: "127.0.0.1" },
        { internal: 18_002, external: 18_002, ip: "127.0.0.1" },
      ],
    });
    expect(resource("Container", "database")).toMatchObject({ wait: true, image: "sha256:2" });
  });

  it("gives secrets as files below a volume, never in the environment", () => {
    for (const name of ["service", "database"]) {
      const { envs, uploads, volumes } = resource("Container", name) as {
        envs: string[];
        uploads: { file: string; content: string }[];
        volumes: { containerPath: string }[];
      };
      for (const secret of Object.values(SECRETS)) expect(envs.join()).not.toContain(secret);
      const paths = volumes.map((one) => one.containerPath);
      for (const { file } of uploads) expect(paths.some((path) => file.startsWith(`${path}/`))).toBe(true);
      const named = envs.flatMap((env) => /=(\/run\/secrets\/.*)$/.exec(env)?.[1] ?? []);
      expect(uploads.map((one) => one.file)).toEqual(expect.arrayContaining(named));
    }
  });

  it("marks each secret for the state, wherever it goes", () => {
    const open = asked.flatMap(({ inputs }) => unmarked(inputs)).join("\n");
    for (const secret of Object.values(SECRETS)) {
      expect(open).not.toContain(secret);
      expect(JSON.stringify(asked)).toContain(secret);
    }
  });

  it("sends readers of both sides to addresses that they reach", () => {
    const { uploads, networksAdvanced } = resource("Container", "service") as {
      uploads: { file: string; content: string }[];
      networksAdvanced: object[];
    };
    const { content = "{}" } = uploads.find(({ file }) => file.endsWith("settings.yaml")) ?? {};
    expect(JSON.parse(content)).toMatchObject({
      kafka: {
        advertised: "tracking:18001",
        public: { port: 18_002, advertised: "127.0.0.1:18002" },
      },
      sourceInstances: { "pgm-shop": { host: "database", port: 5432 } },
    });
    expect(networksAdvanced).toMatchObject([{ aliases: ["tracking"] }]);
  });

  it("asks nothing of the service before it is healthy", () => {
    expect(beforeHealthy).toContain("Container");
    expect(beforeHealthy).not.toContain("ChangeTrackingInstance");
    expect(beforeHealthy).not.toContain("ConsumerGroup");
    expect(resource("ChangeTrackingInstance", "orders")).toMatchObject({
      source: { instanceId: "pgm-shop" },
    });
  });
});
