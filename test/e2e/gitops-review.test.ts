import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Drift } from "../../provider/review/drift.ts";
import type { Review } from "../../provider/review/review-data.ts";
import { root } from "../../tools/paths.ts";
import { type Ran, runCli } from "../provider/cli/support.ts";
import { roomsWithClients } from "../provider/support/clients.ts";
import { type OpenStack, openStack } from "../provider/support/open-stack.ts";
import { type Ground, idsOf, startGround } from "./support/ground.ts";
import {
  SCENE_SECRETS,
  type SceneGround,
  sceneAfter,
  sceneBefore,
  sceneGround,
  sceneRefused,
} from "./support/review-scene.ts";

/*
 * `change-tracking review` and `drift` over the real CLI and the real service. REVIEW_RECORD=1 keeps what the CLI wrote
 * for the tests of the Markdown, in test/provider/review/recorded.
 */

const connected = new Set<string>();
let ground: Ground;
let scene: SceneGround;
let open: OpenStack;
let ids: Record<string, string>;

beforeAll(async () => {
  ground = await startGround({ rooms: roomsWithClients(connected) });
  scene = await sceneGround(ground.service);
  const secrets = Object.entries(SCENE_SECRETS).map(([key, secret]) => [key, { secret }] as const);
  open = await openStack({
    program: sceneBefore(scene),
    config: { ...ground.config, ...Object.fromEntries(secrets) },
  });
  const up = await open.stack.up();
  expect(up.errors).toEqual([]);
  ids = idsOf(await open.stack.exportState());
  // Somebody subscribes a product to the program's group by hand, and clients read two of the others.
  await scene.things.join(scene.valves, ids.meters ?? "");
  for (const word of ["GID_orders", ids.search ?? ""]) connected.add(word);
});
afterAll(async () => {
  await open.close();
  await ground.service.stop();
});

/** The command as the bin runs it, in the folder of the program. */
async function command(...args: string[]): Promise<Ran> {
  const set = Object.entries(open.stack.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const ran = await runCli(open.stack.folder, args, { env: Object.fromEntries(set) });
  for (const secret of Object.values(SCENE_SECRETS)) expect(ran.out + ran.err).not.toContain(secret);
  return ran;
}

/** Every file of the backend with its time: what writes no state leaves them as they are. */
function stateFiles(): string[] {
  const entries = readdirSync(open.stack.stateDir, { recursive: true, withFileTypes: true });
  const paths = entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  return paths.map((path) => `${path} ${statSync(path).mtimeMs} ${readFileSync(path).length}`).sort();
}

/** Where this machine keeps its files is nobody's business, and no two runs take as long. */
const TELLING = ["sourcePosition", "stackTrace", "duration"];

async function record(name: string, text: string): Promise<void> {
  if (process.env.REVIEW_RECORD !== "1") return;
  const kept = JSON.parse(text, (key, value) => (TELLING.includes(key) ? undefined : value));
  const path = join(root, "test/provider/review/recorded", `${name}.json`);
  writeFileSync(path, `${JSON.stringify(kept, null, 2)}\n`);
}

const recordPreview = async (name: string, ...args: string[]) =>
  record(name, (await open.stack.run(["preview", "--json", ...args])).stdout);

const refusedNames = ({ refused }: Review) => refused.map(({ name, what }) => `${name} ${what}`).sort();

describe("review", () => {
  it("says what would be refused and by whom, and changes nothing", async () => {
    open.stack.edit(sceneAfter(scene));
    const before = stateFiles();
    const { code, out } = await command("review", "--json");
    const review = JSON.parse(out) as Review;
    await recordPreview("change");
    await record("change.review", out);
    expect(code).toBe(1);
    expect(review.summary).toEqual({
      created: 2,
      adopting: 0,
      changed: 2,
      replaced: 2,
      deleted: 2,
      refused: 3,
      unjudged: 0,
      others: 0,
    });
    expect(refusedNames(review)).toEqual(["meters deletion", "queue replacement", "search deletion"]);
    const reasonOf = (name: string) => review.refused.find((one) => one.name === name)?.reasons.join() ?? "";
    expect(reasonOf("meters")).toMatch(/product "valves" .*forceUnsubscribe.*\[DEL-1\]$/);
    expect(reasonOf("queue")).toMatch(/is client reader-1 \(10\.0\.0\.7:4711\).*\[DEL-1\]$/);
    expect(reasonOf("search")).toMatch(/a client is connected as account a_search.*\[DEL-1\]$/);
    expect(review.capacity).toMatchObject([
      { instance: "archive", before: 0, after: 1, max: 20 },
      { instance: "orders", id: ids.orders, before: 3, after: 2, max: 20 },
    ]);
    expect(stateFiles()).toEqual(before);
    expect(await ground.groupNames(ids.orders ?? "")).toEqual(["audit", "billing", "search"]);
    expect((await scene.things.groupsOf(scene.valves))?.includes(ids.meters ?? "")).toBe(true);
  });

  it("what it said would be refused is refused", async () => {
    const destroy = await open.stack.run(["destroy", "--yes", "--skip-preview", "--target", "**::search"]);
    expect(destroy.code).not.toBe(0);
    expect(`${destroy.stdout}${destroy.stderr}`).toContain("a client is connected as account a_search");
  });

  it("takes a file, writes one, and is Markdown with a mark to find it by", async () => {
    const text = (await open.stack.run(["preview", "--json"])).stdout;
    open.stack.edit({ "preview.json": text });
    const told = await command("review", "preview.json", "--output", "out/review.md");
    expect(told).toMatchObject({ code: 1, out: "" });
    expect(told.err).toContain("2 deleted, 3 would be refused");
    const written = readFileSync(join(open.stack.folder, "out/review.md"), "utf8");
    expect(written).toMatch(
      /^<!-- change-tracking-review -->\n\*\*2 created, .*3 would be refused\*\* in stack `dev`\n/,
    );
    const offline = await command("review", "preview.json", "--offline");
    expect([offline.code, offline.out]).toEqual([0, expect.stringContaining("4 not judged")]);
  });

  it("tells every mistake of a preview that is refused", async () => {
    open.stack.edit(sceneRefused());
    const { code, out } = await command("review");
    await recordPreview("refused");
    expect(code).toBe(1);
    for (const rule of ["DTS-4", "DTS-5", "DTS-10", "name must be 1 to 128", "name must be unique"]) {
      expect(out).toContain(rule);
    }
  });

  it("could not run: a program that throws, a stack that is not there", async () => {
    open.stack.edit({ "index.js": "throw new Error('out of tea');" });
    const thrown = await command("review");
    expect([thrown.code, thrown.out]).toEqual([2, expect.stringContaining("out of tea")]);
    const missing = await command("review", "--stack", "nowhere");
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining("[PulumiFailed]")]);
  });
});

describe("drift", () => {
  it("there is none after an update, whatever clients do", async () => {
    open.stack.edit(sceneBefore(scene));
    connected.clear();
    await scene.things.api.removeGroup(scene.valves, ids.meters ?? "");
    expect(await command("drift")).toMatchObject({
      code: 0,
      out: "<!-- change-tracking-drift -->\n**Nothing was changed by hand** in stack `dev`\n",
    });
  });

  it("tells what was changed and deleted by hand, apart from what only waits for an update", async () => {
    const [instance, billing] = [ids.orders ?? "", ids.billing ?? ""];
    await ground.call("ModifyConsumerChannel", {
      RegionId: "cn-hangzhou",
      DtsInstanceId: instance,
      ConsumerGroupId: billing,
      ConsumerGroupName: "by hand",
    });
    await ground.deleteGroup(instance, ids.audit ?? "");
    await scene.things.join(scene.valves, ids.meters ?? "");
    const files = sceneBefore(scene);
    const waiting = `${files["index.js"]}group("fraud", orders, { password });`;
    open.stack.edit({ "index.js": waiting });
    const before = stateFiles();
    const { code, out } = await command("drift", "--json");
    await recordPreview("drift", "--refresh");
    const drift = JSON.parse(out) as Drift;
    expect(code).toBe(1);
    expect(drift.summary).toEqual({ changed: 2, deleted: 1, waiting: 1 });
    expect(drift.deleted).toMatchObject([{ name: "audit", id: ids.audit }]);
    expect(drift.changed.find(({ name }) => name === "billing")?.inputs).toEqual([
      { path: "name", before: { text: "by hand" }, after: { text: "billing" } },
    ]);
    expect(JSON.stringify(drift.changed.find(({ name }) => name === "meters"))).toContain(scene.valves);
    expect(drift.waiting.map(({ name, op }) => `${name} ${op}`)).toEqual(["fraud create"]);
    expect(stateFiles()).toEqual(before);
  });

  it("a preview that has not looked at the service is refused", async () => {
    open.stack.edit({ "preview.json": (await open.stack.run(["preview", "--json"])).stdout });
    const { code, err } = await command("drift", "preview.json");
    expect([code, err]).toEqual([2, expect.stringContaining("pulumi preview --refresh --json")]);
  });
});
