/* The definitions of a company with three teams, as the series of commits begins with them. */

/** Secrets of the stack's configuration: none may be shown. */
export const TEAM_SECRETS = { sourcePassword: "Sourc3-pw-5512", groupPassword: "Gr0up-pw-7391" } as const;

export const PROGRAM = `
import { loadDefinitions } from "pulumi-change-tracking";
loadDefinitions("teams/**/*.yaml");
`;

/** The company's settings of its policies, in place of those of the example. */
export const POLICIES = JSON.stringify({
  "team-prefix": { teams: ["payments", "search", "platform"] },
  "alert-for-each-group": "disabled",
});

const PLATFORM = `owner: platform
instances:
  orders:
    tags: { owner: platform }
    source: { engine: PostgreSQL, accessMethod: RDS, instanceId: pgm-1, user: u, password: { config: sourcePassword } }
    objects: { shop: { tables: [public.orders] } }
`;

/** A group of the instance `orders`, as a line of a file. */
function groupLine(name: string): string {
  const account = name.replaceAll("-", "_");
  return `  ${name}: { platform: changeTracking, instance: orders, account: ${account}, password: { config: groupPassword } }\n`;
}

/** A team's file: its name and its groups, a line each from line 3 on. */
export function teamFile(owner: string, groups: readonly string[]): string {
  return `owner: ${owner}\ngroups:\n${groups.map(groupLine).join("")}`;
}

const numbered = (team: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${team}-${index + 1}`);

/** Nineteen groups of twenty that an instance may have. */
export const PAYMENTS = numbered("payments", 10);
export const SEARCH = numbered("search", 9);

/** A group of IoT Platform on a product. */
function metersFile(productKey: string): string {
  return `owner: platform\ngroups:\n  platform_meters: { platform: iot, subscriptions: [{ productKey: ${productKey} }] }\n`;
}

/** The files of the first commit. */
export function firstCommit(productKey: string): Record<string, string> {
  return {
    "teams/platform/orders.yaml": PLATFORM,
    "teams/platform/meters.yaml": metersFile(productKey),
    "teams/payments.yaml": teamFile("payments", PAYMENTS),
    "teams/search.yaml": teamFile("search", SEARCH),
  };
}
