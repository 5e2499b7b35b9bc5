import type { BuildOptions } from "esbuild";

/** Threads of the service, which start with files of their own, and the room of each. */
const threads = {
  "log-thread": "dts",
  "capture-thread": "dts",
  "inflow-thread": "eventbridge",
  "message-thread": "rocketmq",
} as const;

/** The service with its threads. */
export const SERVICE_BUNDLES = ["service", ...(Object.keys(threads) as (keyof typeof threads)[])] as const;

/** One bundle. Paths are relative to the root that `build` is given. */
export interface Target {
  name: "provider" | "runtime" | "definitions" | "cli" | "records" | "service" | keyof typeof threads;
  entry: string;
  output: string;
  options: BuildOptions;
  /** The command that starts it. */
  command?: Command;
}

/**
 * A small program that is executable, linked for npx, and understood by a Node.js of any age: it runs the `main` of the
 * bundle, or says in one line which Node.js that needs.
 */
export interface Command {
  name: string;
  output: string;
  /** Oldest Node.js that runs it: `24`, or `22.21`. */
  nodeMin: string;
}

/**
 * The provider's bundles are never minified: stack traces of users stay readable. The package names itself in the
 * text that every resource's state holds, so it stays outside too.
 */
const provider: BuildOptions = {
  format: "cjs",
  target: "node22",
  external: [
    "@pulumi/pulumi",
    "@alicloud/*",
    "jsonpath-rfc9535",
    "jsonpath-rfc9535/*",
    "yaml",
    "zod",
    "pulumi-change-tracking",
    "pulumi-change-tracking/*",
  ],
};

/** The packages stay outside, as npm installs them: they load lazily, only when a source needs them. */
const service: BuildOptions = {
  format: "esm",
  target: "node24",
  external: [
    "@grpc/grpc-js",
    "jsonpath-rfc9535",
    "jsonpath-rfc9535/*",
    "mysql2",
    "pg",
    "protobufjs",
    "protobufjs/*",
    "yaml",
    "zod",
  ],
};

/** Runs where its users' consumers run. */
const records: BuildOptions = { format: "esm", target: "node22" };

export const targets: readonly Target[] = [
  { name: "provider", entry: "provider/index.ts", output: "provider/dist/index.js", options: provider },
  {
    name: "runtime",
    entry: "provider/runtime/index.ts",
    output: "provider/dist/runtime.js",
    options: provider,
  },
  // Not loaded by programs without definitions as files, and without Pulumi's SDK, which takes half a second.
  {
    name: "definitions",
    entry: "provider/definitions/index.ts",
    output: "provider/dist/definitions.js",
    options: provider,
  },
  {
    name: "cli",
    entry: "provider/cli/main.ts",
    output: "provider/dist/cli.js",
    options: provider,
    command: { name: "change-tracking", output: "provider/dist/main.js", nodeMin: "22.21" },
  },
  { name: "records", entry: "records/index.ts", output: "records/dist/index.js", options: records },
  {
    name: "service",
    entry: "service/index.ts",
    output: "service/dist/service.js",
    options: service,
    command: { name: "change-tracking-service", output: "service/dist/main.js", nodeMin: "24" },
  },
  ...(Object.keys(threads) as (keyof typeof threads)[]).map((name) => ({
    name,
    entry: `service/${threads[name]}/threads/${name}.ts`,
    output: `service/dist/${name}.js`,
    options: service,
  })),
];
