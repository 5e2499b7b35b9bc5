import { afterAll, beforeAll, expect } from "vitest";
import { runCommand } from "../../tools/ps.ts";
import { roomsWithClients } from "../provider/support/clients.ts";
import { iotByHand } from "../provider/support/groups.ts";
import { type OpenStack, openStack } from "../provider/support/open-stack.ts";
import { needs } from "../support/needs.ts";
import { type Ground, startGround } from "./support/ground.ts";
import {
  firstCommit,
  PAYMENTS,
  POLICIES,
  PROGRAM,
  SEARCH,
  TEAM_SECRETS,
  teamFile,
} from "./support/team-definitions.ts";
import {
  makeTeamRepository,
  type Pipeline,
  policyFiles,
  type TeamRepository,
} from "./support/team-repository.ts";

/*
 * Definitions in a Git repository, from the first commit on, with the mistakes that people make: what the pipeline of
 * examples/gitops says of each pull request, and that nothing changes at the service. The tests build on each other.
 */

const git = needs({
  name: "git (apt install git)",
  available: await runCommand("git", ["--version"]).then(
    ({ code }) => code === 0,
    () => false,
  ),
  offeredByRegistries: true,
});

const connected = new Set<string>();
let ground: Ground;
let things: ReturnType<typeof iotByHand>;
let products: Record<"meters" | "valves", string>;
let open: OpenStack;
let team: TeamRepository;
let orders = "";

beforeAll(async () => {
  ground = await startGround({ rooms: roomsWithClients(connected) });
  things = iotByHand(ground.service, "cn-hangzhou");
  const product = (name: string) => things.product(name);
  products = {
    meters: await product("meters"),
    valves: await product("valves"),
  };
  await things.subscribe(products.valves, await things.group("theirs"));
  const secrets = Object.entries(TEAM_SECRETS).map(([key, secret]) => [key, { secret }] as const);
  const config = { ...ground.config, ...Object.fromEntries(secrets) };
  open = await openStack({ program: { "index.ts": PROGRAM, "teams/README.md": "A file a team.\n" }, config });
  team = await makeTeamRepository(open.stack);
});
afterAll(async () => {
  await open?.close();
  await ground?.service.stop();
});

/** Everything that the service itself says of what the definitions may touch. */
async function atService() {
  const meters = await things.idOf("platform_meters");
  return {
    instances: await ground.instances(),
    groups: orders === "" ? {} : await ground.groups(orders),
    meters,
    subscribed: await Promise.all(Object.values(products).map((key) => things.groupsOf(key))),
  };
}

/** Fails where a secret is shown. */
function silent(run: Pipeline): Pipeline {
  for (const secret of Object.values(TEAM_SECRETS)) expect(run.text).not.toContain(secret);
  return run;
}

/** What CI says of a pull request, which changes nothing at the service in any case. */
async function proposed(branch: string): Promise<Pipeline> {
  const before = await atService();
  const run = silent(await team.pullRequest(branch));
  expect(await atService()).toEqual(before);
  return run;
}

/** What CI says of a pull request that it has to refuse. */
async function refused(branch: string): Promise<string> {
  const { code, text } = await proposed(branch);
  expect([code, text]).toEqual([1, expect.stringMatching(/pipeline: \w+ ended with 1\n/)]);
  return text;
}

const payments = (...more: string[]) => teamFile("payments", [...PAYMENTS, ...more]);

git("the first commit makes what the files say", async () => {
  await team.propose("ann", "first", firstCommit(products.meters));
  const review = await proposed("first");
  expect([review.code, review.text]).toEqual([0, expect.stringContaining("**21 created** in stack `dev`")]);
  expect(review.text).toContain("19 of 20 groups on instance `orders`");
  const up = silent(await team.merge("first"));
  expect([up.code, up.text]).toEqual([0, expect.stringContaining("pipeline: merge went through")]);
  orders = await ground.onlyInstance();
  expect(await ground.tags(orders)).toEqual({ owner: "platform" });
  expect(await ground.groupNames(orders)).toEqual([...PAYMENTS, ...SEARCH].sort());
  expect(await things.groupsOf(products.meters)).toEqual([await things.idOf("platform_meters")]);
});

git("a 21st group: check says the limit, and which definition has no room", async () => {
  await team.propose("bob", "too-many", { "teams/payments.yaml": payments("payments-11", "payments-12") });
  expect(await refused("too-many")).toMatch(
    /teams\/search\.yaml:11:\d+: error: instance orders must have at most 20 consumer groups, got 21: .*search-9 \[DTS-1\]/,
  );
});

git("a name that another team's file has: check names both places", async () => {
  await team.propose("bob", "twice", { "teams/audit.yaml": teamFile("payments", ["search-2"]) });
  expect(await refused("twice")).toMatch(
    /teams\/search\.yaml:4:3: error: a group search-2 is defined in teams\/audit\.yaml:3 already/,
  );
});

git("malformed YAML: check says the line", async () => {
  const text = payments().replace("payments-3: {", "payments-3: [");
  await team.propose("bob", "malformed", { "teams/payments.yaml": text });
  expect(await refused("malformed")).toMatch(/teams\/payments\.yaml:5:\d+: error: .*\(InvalidYaml\)/);
});

git("groups moved to other files: nothing changes", async () => {
  await team.propose("bob", "moved", {
    "teams/payments.yaml": teamFile("payments", PAYMENTS.slice(1)),
    "teams/payments/first.yaml": teamFile("payments", PAYMENTS.slice(0, 1)),
    "teams/search.yaml": null,
    "teams/search/readers.yaml": teamFile("search", SEARCH),
  });
  const { code, text } = await proposed("moved");
  expect([code, text]).toEqual([0, expect.stringContaining("**Nothing changes** in stack `dev`")]);
});

git("a group renamed while a client is connected: the review says which", async () => {
  connected.add((await ground.groups(orders))["search-9"]?.id ?? "search-9 is missing");
  const renamed = teamFile("search", [...SEARCH.slice(0, -1), "search-suggest"]);
  await team.propose("cat", "renamed", { "teams/search.yaml": renamed });
  const text = await refused("renamed");
  expect(text).toContain("**1 created, 1 deleted, 1 would be refused**");
  expect(text).toMatch(/"search-9" .*a client is connected as account search\\_9 .*DEL-1/);
  connected.clear();
});

git("a group deleted that somebody has subscribed to a product: the review names the product", async () => {
  const group = (await things.idOf("platform_meters")) ?? "";
  await things.join(products.valves, group);
  await team.propose("cat", "no-meters", { "teams/platform/meters.yaml": null });
  const text = await refused("no-meters");
  expect(text).toContain("**1 deleted, 1 would be refused**");
  expect(text).toMatch(new RegExp(`product "valves" \\(${products.valves}\\) is subscribed to it.*DEL-1`));
  await things.api.removeGroup(products.valves, group);
});

git(
  "two pull requests that are each right and together one group too many: the later one is refused",
  async () => {
    await team.propose("ann", "one-more-a", {
      "teams/payments/new.yaml": teamFile("payments", ["payments-a"]),
    });
    await team.propose("bob", "one-more-b", { "teams/search/new.yaml": teamFile("search", ["search-b"]) });
    for (const branch of ["one-more-a", "one-more-b"]) {
      const { code, text } = await proposed(branch);
      expect([code, text]).toEqual([0, expect.stringContaining("20 of 20 groups on instance `orders`")]);
    }
    expect(silent(await team.merge("one-more-a")).code).toBe(0);
    expect(await ground.groupNames(orders)).toEqual([...PAYMENTS, ...SEARCH, "payments-a"].sort());
    expect(await refused("one-more-b")).toMatch(/at most 20 consumer groups, got 21: .*search-b \[DTS-1\]/);
  },
);

git("a merge past a refusal: check ends it before anything is changed", async () => {
  const before = await atService();
  const { code, text } = silent(await team.merge("one-more-b"));
  expect([code, text]).toEqual([1, expect.not.stringContaining("pipeline: up")]);
  expect(await atService()).toEqual(before);
  await team.propose("bob", "back", { "teams/search/new.yaml": null });
  expect(silent(await team.merge("back")).code).toBe(0);
  expect(await atService()).toEqual(before);
});

git("a name against the company's policies is refused before the review", async () => {
  const audit = teamFile("search", [...SEARCH.slice(0, -1), "audit"]);
  await team.propose("dan", "no-team", { ...policyFiles(POLICIES), "teams/search.yaml": audit });
  const text = await refused("no-team");
  expect(text).toContain('name "audit" must begin with a team and - or _, for example payments-audit.');
  expect(text).not.toContain("pipeline: review");
});

git(
  "by night: nothing was changed by hand, until somebody renames a group and deletes a product",
  async () => {
    const quiet = silent(await team.nightly());
    expect([quiet.code, quiet.text]).toEqual([0, expect.stringContaining("**Nothing was changed by hand**")]);
    await ground.call("ModifyConsumerChannel", {
      RegionId: "cn-hangzhou",
      DtsInstanceId: orders,
      ConsumerGroupId: (await ground.groups(orders))["search-1"]?.id ?? "",
      ConsumerGroupName: "by hand",
    });
    await things.call("DeleteProduct", { ProductKey: products.meters });
    const before = await atService();
    const loud = silent(await team.nightly());
    expect([loud.code, loud.text]).toEqual([1, expect.stringContaining("**2 changed by hand**")]);
    expect(loud.text).toMatch(/`search-1` .*owner `search`[\s\S]*is `by hand`, the program says `search-1`/);
    expect(loud.text).toMatch(/`platform_meters` .*owner `platform`/);
    expect(await atService()).toEqual(before);
  },
);
