import { describe, expect, it } from "vitest";
import { reviewMarkdown } from "../../../provider/review/markdown/review.ts";
import { exitCodeOf, reviewOf } from "../../../provider/review/review.ts";
import { openService } from "../../../provider/review/service.ts";
import { previewWith, recorded, step, urnOf } from "./support.ts";

const group = (id: string, more = {}) => ({
  id,
  inputs: { platform: "changeTracking", instance: "dtsi", name: id, region: "cn-hangzhou", ...more },
});

describe("a review", () => {
  it("ends with 1 for a refusal, with 2 for what failed or could not be judged, else with 0", async () => {
    const refusal = {
      urn: urnOf("ConsumerGroup", "a"),
      severity: "error",
      message: "error: a: name is required",
    };
    const failure = { severity: "error", message: "error: boom" };
    const code = async (preview: Parameters<typeof reviewOf>[0], isToBeAsked: boolean) =>
      exitCodeOf(await reviewOf(preview), isToBeAsked);
    expect(await code(previewWith([]), true)).toBe(0);
    expect(await code(previewWith([], { diagnostics: [failure, refusal] }), true)).toBe(1);
    expect(await code(previewWith([], { diagnostics: [failure] }), true)).toBe(2);
    const gone = previewWith([step("delete", "a", { oldState: group("dts1") })]);
    expect(await code(gone, true)).toBe(2);
    expect(await code(gone, false)).toBe(0);
  });

  it("a service that cannot be reached leaves deletes unjudged and says why", async () => {
    const config = { "changetracking:endpoint": "http://127.0.0.1:9" };
    const preview = previewWith([step("delete", "a", { oldState: group("dts1") })]);
    const review = await reviewOf(preview, { service: openService({ config, environment: {} }) });
    expect(review.summary).toMatchObject({ deleted: 1, refused: 0, unjudged: 1 });
    expect(review.changes[0]?.unanswered).toContain("127.0.0.1:9");
    expect(review.capacity).toEqual([]);
    expect(reviewMarkdown(review)).toContain("1 deleted, 1 not judged");
  });

  it("what the option retainOnDelete keeps is neither asked about nor refused", async () => {
    const oldState = { ...group("dts1"), retainOnDelete: true };
    const review = await reviewOf(previewWith([step("delete", "a", { oldState })]));
    expect(review.summary.unjudged).toBe(0);
    expect(review.changes[0]?.notes.join()).toContain("retainOnDelete");
  });

  it("counts resources of one name in two components as two", async () => {
    const of = (parent: string) => urnOf("ConsumerGroup", "a").replace("test::", `test::${parent}$`);
    const diagnostics = ["my:own:Team", "my:own:Other"].map((parent) => {
      return { urn: of(parent), severity: "error", message: "error: a: name is required" };
    });
    const { summary, refused } = await reviewOf(previewWith([], { diagnostics }));
    expect([summary.refused, refused.length]).toEqual([2, 2]);
  });

  it("a kind that only a newer version knows is one of the others, and ends nothing", async () => {
    const urn = urnOf("ConsumerGroup", "a").replace("ConsumerGroup", "OfTomorrow");
    const preview = previewWith([{ op: "update", urn, oldState: group("dts1"), newState: group("dts1") }]);
    const service = openService({
      config: { "changetracking:endpoint": "http://127.0.0.1:9" },
      environment: {},
    });
    const review = await reviewOf(preview, { service });
    expect([review.changes, review.others.map(({ name }) => name)]).toEqual([[], ["a"]]);
    expect(reviewMarkdown(review)).not.toContain("undefined");
  });

  it("names owners: definitions first, then the thing's tag, then its instance's", async () => {
    const instance = urnOf("ChangeTrackingInstance", "orders");
    const steps = [
      step("update", "orders", {
        kind: "ChangeTrackingInstance",
        oldState: { id: "dtsi", inputs: { name: "o" } },
        newState: { inputs: { name: "p", tags: { owner: "team-shop", squad: "s1" } } },
      }),
      step("create", "billing", {
        newState: { ...group(""), propertyDependencies: { instance: [instance] } },
      }),
      step("create", "search", { newState: group("") }),
    ];
    const ownersOf = async (options = {}) =>
      (await reviewOf(previewWith(steps), options)).changes.map(({ owner }) => owner);
    expect(await ownersOf()).toEqual(["team-shop", "team-shop", undefined]);
    expect(await ownersOf({ ownerTag: "squad" })).toEqual(["s1", "s1", undefined]);
    const ownerOf = (_: string, name: string) => (name === "search" ? "teams/search.yaml" : undefined);
    expect(await ownersOf({ ownerOf })).toEqual(["team-shop", "team-shop", "teams/search.yaml"]);
  });

  it("a preview with secrets in clear gives none away, wherever they are repeated", async () => {
    const password = "Cl3ar-pw-77";
    const preview = previewWith(
      [
        step("update", "a", {
          oldState: group("dts1", { password: "old", remark: `x ${password} y` }),
          newState: group("", { password, remark: "z" }),
        }),
      ],
      {
        diagnostics: [
          { urn: urnOf("ConsumerGroup", "a"), severity: "warning", message: `warning: got "${password}"` },
        ],
      },
    );
    const review = await reviewOf(preview);
    expect(JSON.stringify(review) + reviewMarkdown(review)).not.toContain(password);
    expect(review.changes[0]?.inputs.map(({ path }) => path)).toEqual(["name", "password", "remark"]);
  });

  it("tells from the state what a replaced group loses when nobody is asked", async () => {
    const oldState = {
      ...group("dts1"),
      outputs: { status: { checkpoint: "2026-11-01T00:00:00Z", unconsumed: 7, connected: true } },
    };
    const steps = [step("replace", "a", { oldState, newState: group(""), replaceReasons: ["instance"] })];
    expect(reviewMarkdown(await reviewOf(previewWith(steps)))).toContain(
      "The new group starts without an offset; it stood at `2026-11-01T00:00:00Z`; 7 messages to read; as the state remembers it",
    );
  });

  it("says of what may be taken over that it may, and what becomes of its password", async () => {
    const adopting = (name: string, more = {}) =>
      step("create", name, { newState: group(name, { adoptExisting: true, ...more }) });
    const of = async (...steps: ReturnType<typeof step>[]) =>
      reviewMarkdown(await reviewOf(previewWith(steps)));
    const all = await of(adopting("a", { password: "[secret]" }));
    expect(all).toContain("**1 created or taken over**");
    const note = "Where it exists already it is taken over (adoptExisting) and brought to these inputs";
    expect(all).toContain(`  - ${note}; its password becomes the program's.`);
    expect(await of(adopting("a"))).toContain(`  - ${note}.`);
    const some = await of(adopting("a"), step("create", "b", { newState: group("b") }));
    expect(some).toContain("**2 created (1 of them taken over where there already)**");
  });

  it("says that nothing changes", async () => {
    expect(reviewMarkdown(await reviewOf(previewWith([])))).toBe(
      "<!-- change-tracking-review -->\n**Nothing changes**\n",
    );
    expect((await reviewOf(recorded("change"))).summary).toEqual({
      created: 2,
      adopting: 0,
      changed: 2,
      replaced: 2,
      deleted: 2,
      refused: 0,
      unjudged: 4,
      others: 0,
    });
  });
});
