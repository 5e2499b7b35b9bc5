import { ProviderError } from "../../host/errors.ts";
import type { Mark, Properties, ResourceKind } from "../../resource.ts";
import { failuresOf } from "../shared/inputs.ts";
import { completedGroup, groupViolations } from "./judge.ts";
import type { GroupPlatform } from "./platform.ts";
import { findPlatform } from "./platforms.ts";
import { warnOfReplacement } from "./shared/check.ts";

/** `ConsumerGroup`: one resource, a platform behind it. */
export const consumerGroupKind: ResourceKind = {
  name: "ConsumerGroup",

  async check(session, identity, olds, news) {
    const given = completedGroup(session, identity, news);
    const platform = await findPlatform(given.platform);
    const inputs = platform?.normal?.(given) ?? given;
    const violations = groupViolations(identity, inputs);
    if (platform === undefined) return { inputs, failures: failuresOf(violations) };
    warnOfReplacement(session, identity, platform, olds, inputs);
    const more = await platform.check(session, identity, olds, inputs);
    return { inputs, failures: [...failuresOf(violations), ...more] };
  },

  async diff(olds, news) {
    const platform = await findPlatform(news.platform);
    if (platform === undefined || olds.platform !== news.platform) {
      return { changes: true, replaces: ["platform"], deleteBeforeReplace: false };
    }
    return platform.diff(olds, news);
  },

  recall: async (session, olds) => (await findPlatform(olds.platform))?.recall?.(session, olds),
  heldAs: async (session, id, props) =>
    (await findPlatform(props.platform))?.heldAs?.(session, id, props) ?? id,
  mark: {
    write: async (session, id, props, word) => (await markOf(props))?.write(session, id, props, word),
    read: async (session, id, props) => (await markOf(props))?.read(session, id, props),
    remove: async (session, id, props) => (await markOf(props))?.remove(session, id, props),
  },
  create: async (session, inputs) => (await platformOf(inputs)).create(session, inputs),
  read: async (session, id, props) => (await platformOf(props)).read(session, id, props),
  update: async (session, id, olds, news) => (await platformOf(news)).update(session, id, olds, news),
  async delete(session, id, props) {
    const platform = await platformOf(props);
    await platform.delete(session, id, props);
    // Knows CloudMonitor, which a run without a delete need not load.
    const { warnOfAlerts } = await import("./watching-alerts.ts");
    await warnOfAlerts(session, platform.heldAs?.(session, id, props) ?? id, id, props);
  },
  deleteRefusals: async (session, id, props, leaving) =>
    (await platformOf(props)).deleteRefusals(session, id, props, leaving),
};

async function markOf(props: Properties): Promise<Mark | undefined> {
  return (await findPlatform(props.platform))?.mark;
}

async function platformOf(props: Properties): Promise<GroupPlatform> {
  const platform = await findPlatform(props.platform);
  if (platform !== undefined) return platform;
  throw new ProviderError(
    "InvalidInputs",
    `this version of pulumi-change-tracking has no consumer groups of platform ${JSON.stringify(props.platform)}; ` +
      "install the version that made the group, or a newer one",
  );
}
