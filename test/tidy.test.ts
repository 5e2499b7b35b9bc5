import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  circlesOf,
  exportsOf,
  functionsOf,
  importedNamesOf,
  importsOf,
  reachedFrom,
  resolvedImportsOf,
  root,
  sources,
  withoutComments,
} from "./support/sources.ts";

const FILE_LINES_MAX = 250;
const FUNCTION_LINES_MAX = 80;

/** Three floors: the contract, the two halves on it, and what builds and measures them. */
const mayImport: Record<string, readonly string[]> = {
  contract: ["contract"],
  provider: ["provider", "contract"],
  records: ["records"],
  service: ["service", "records", "contract"],
  tools: ["tools", "bench", "provider", "records", "service", "contract", "test"],
  bench: ["bench", "tools", "provider", "records", "service", "contract"],
};
const folders = [...Object.keys(mayImport), "test", "examples"];

/** Rooms of the service that know no product: logs, and wires that are not HTTP. Each stands on the core alone. */
const sharedRooms = ["log", "kafka", "rocketmq-grpc"];

/** Product rooms of the service: every folder that is neither the core nor shared. */
const productRooms = readdirSync(join(root, "service"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !["core", "dist", "node_modules"].includes(entry.name))
  .map((entry) => entry.name)
  .filter((name) => !sharedRooms.includes(name));

/** What runs on its own: packages' entries, and files that a worker thread starts with. */
const entries = [
  "provider/index.ts",
  "provider/runtime/index.ts",
  "provider/definitions/index.ts",
  "provider/cli/main.ts",
  "records/index.ts",
  "service/index.ts",
  "service/dts/threads/log-thread.ts",
  "service/dts/threads/capture-thread.ts",
  "service/eventbridge/threads/inflow-thread.ts",
  "service/rocketmq/threads/message-thread.ts",
];

const product = sources("contract", "provider", "records", "service");
const floors = sources("contract", "provider", "records", "service", "tools", "bench");

describe("import rules", () => {
  it("rooms import only what they may", () => {
    const broken = floors.flatMap((file) =>
      resolvedImportsOf(file)
        .filter((target) => folders.includes(target.split("/")[0] ?? ""))
        .filter((target) => !mayImport[file.room]?.includes(target.split("/")[0] ?? ""))
        .map((target) => `${file.path} imports ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it("product rooms never import each other, and the core imports none of them", () => {
    const broken = product
      .filter((file) => file.room === "service" && file.path.split("/").length > 2)
      .flatMap((file) => {
        const own = file.path.split("/")[1];
        return resolvedImportsOf(file)
          .filter((target) => target.startsWith("service/"))
          .map((target) => target.split("/")[1] ?? "")
          .filter((other) => productRooms.includes(other) && other !== own)
          .map((other) => `${file.path} reaches into ${other}`);
      });
    expect(broken).toEqual([]);
  });

  it("logs and wires import neither product rooms nor each other, and the core imports none of them", () => {
    const broken = product
      .filter((file) => ["core", ...sharedRooms].includes(file.path.split("/")[1] ?? ""))
      .flatMap((file) => {
        const own = file.path.split("/")[1];
        return resolvedImportsOf(file)
          .filter((target) => target.startsWith("service/"))
          .filter((target) => ![own, own === "core" ? own : "core"].includes(target.split("/")[1]))
          .map((target) => `${file.path} imports ${target}`);
      });
    expect(broken).toEqual([]);
  });

  it("provider resources never import each other; what one sees of another is in runtime/observe", () => {
    const resourceOf = (path: string) => /^provider\/runtime\/resources\/([^/]+)\//.exec(path)?.[1] ?? "none";
    // These find a resource by its name.
    const finders = [
      "provider/runtime/host/kinds.ts",
      "provider/runtime/look-up.ts",
      "provider/definitions/judge.ts",
    ];
    const broken = product
      .filter((file) => !finders.includes(file.path))
      .flatMap((file) =>
        resolvedImportsOf(file)
          .filter((target) => !["none", "shared", resourceOf(file.path)].includes(resourceOf(target)))
          .map((target) => `${file.path} imports ${target}`),
      );
    expect(broken).toEqual([]);
  });

  it("no files import each other in a circle, types included", () => {
    expect(circlesOf(floors)).toEqual([]);
  });

  it("own files are imported with their .ts extension", () => {
    const broken = sources("contract", "provider", "records", "service", "test", "tools", "bench").flatMap(
      (file) =>
        importsOf(file)
          .filter((name) => name.startsWith(".") && !/\.(ts|js|cjs|mjs|json)$/.test(name))
          .map((name) => `${file.path}: ${name}`),
    );
    expect(broken).toEqual([]);
  });
});

/** The settings and the wire itself call it by its name, which is the product's too: as with Kafka, it is no product that is meant. */
function withoutWires({ path, text }: (typeof product)[number]): string {
  const isOfWire = path.startsWith("service/core/settings/") || path.startsWith("service/rocketmq-grpc/");
  return isOfWire ? withoutComments(text).replaceAll(/\brocketmq\b/gi, "") : withoutComments(text);
}

describe("furniture of the product rooms", () => {
  it.each(productRooms)("%s has index, envelope, entities, store, actions and engine", (room) => {
    const missing = ["index.ts", "envelope.ts", "entities.ts", "store.ts", "actions", "engine"].filter(
      (name) => !existsSync(join(root, "service", room, name)),
    );
    const excused = room === "location" || room === "bss" ? ["entities.ts", "store.ts", "engine"] : [];
    expect(missing.filter((name) => !excused.includes(name))).toEqual([]);
  });

  it.each(productRooms)("%s exports its room and nothing else", (room) => {
    const text = readFileSync(join(root, "service", room, "index.ts"), "utf8");
    const exports = text.match(/^export /gm) ?? [];
    expect(exports).toHaveLength(1);
  });

  it("every action file is in its room's list", () => {
    const missing = productRooms.flatMap((room) => {
      const index = readFileSync(join(root, "service", room, "index.ts"), "utf8");
      const folder = join(root, "service", room, "actions");
      const listed =
        index +
        sources(`service/${room}`)
          .filter((f) => f.path.endsWith("/actions.ts"))
          .map((f) => f.text)
          .join();
      return readdirSync(folder)
        .filter((name) => name.endsWith(".ts") && !listed.includes(`/${name}`))
        .map((name) => `service/${room}/actions/${name}`);
    });
    expect(missing).toEqual([]);
  });

  it("the core, the logs and the wires name no product", () => {
    const named = product
      .filter((file) => ["core", ...sharedRooms].some((room) => file.path.startsWith(`service/${room}/`)))
      .filter((file) => /\b(dts|eventbridge|rocketmq|ons|iot|cms)\b/i.test(withoutWires(file)))
      .map((file) => file.path);
    expect(named).toEqual([]);
  });
});

describe("sizes", () => {
  it(`product files have at most ${FILE_LINES_MAX} lines`, () => {
    const long = product
      .map((file) => ({ path: file.path, lines: file.text.split("\n").length - 1 }))
      .filter((file) => file.lines > FILE_LINES_MAX);
    expect(long).toEqual([]);
  });

  it(`product functions have at most ${FUNCTION_LINES_MAX} lines`, () => {
    const long = product.flatMap((file) =>
      functionsOf(file)
        .filter((one) => one.lines > FUNCTION_LINES_MAX)
        .map((one) => `${file.path}:${one.line} ${one.name} has ${one.lines} lines`),
    );
    expect(long).toEqual([]);
  });
});

describe("dead files", () => {
  it("every product file is reached from an entry", () => {
    // Tools and tests may be the only readers of what the contract lists, such as the rules.
    const read = sources("tools", "test", "bench")
      .flatMap(resolvedImportsOf)
      .filter((target) => target.startsWith("contract/"));
    const reached = reachedFrom([...entries, ...read], product);
    const dead = product.map(({ path }) => path).filter((path) => !reached.has(path));
    expect(dead).toEqual([]);
  });
});

describe("dead exports", () => {
  it("what the service and the tools export is imported by another file", () => {
    const all = sources("contract", "provider", "records", "service", "test", "tools", "bench", "examples");
    const imported = new Set(all.flatMap(importedNamesOf));
    const unused = all
      .filter(({ room }) => room === "service" || room === "tools")
      // The package's entry is imported by those who use it.
      .filter(({ path }) => path !== "service/index.ts" && !imported.has(`${path}#*`))
      .flatMap((file) => exportsOf(file).map((name) => `${file.path}#${name}`))
      .filter((name) => !imported.has(name));
    expect(unused).toEqual([]);
  });
});

describe("words", () => {
  it("a constant of a module that is one plain value is written in capitals, and nothing else has to be", () => {
    const plain =
      /^(?:export )?const ([a-z]\w*)(?:: \w+)? = (?:-?[\d_.]+(?: [*+/-] [\d_.]+)*|"[^"]*"|\/.*\/[a-z]*);$/gm;
    const found = sources("contract", "provider", "records", "service", "test", "tools", "bench").flatMap(
      (file) => [...file.text.matchAll(plain)].map(([, name]) => `${file.path}: ${name}`),
    );
    expect(found).toEqual([]);
  });

  it("no default exports outside configuration files", () => {
    const found = sources("contract", "provider", "records", "service", "test", "tools", "bench")
      .filter((file) => /^export default /m.test(file.text))
      .map((file) => file.path);
    expect(found).toEqual([]);
  });

  it("the lockfile holds no registry addresses", () => {
    expect(readFileSync(join(root, "package-lock.json"), "utf8")).not.toMatch(/"resolved": "http/);
  });
});
