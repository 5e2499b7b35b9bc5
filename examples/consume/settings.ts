import { execFileSync } from "node:child_process";

/** What a Kafka client needs to read as a consumer group. */
interface Settings {
  readonly brokers: string;
  readonly topic: string;
  readonly account: string;
  readonly groupId: string;
  readonly password: string;
}

/** From TRACKING_BROKERS and its like, else from the stack that is selected in this folder: the quickstart's, for one. */
export function readSettings(): Settings {
  if (process.env.TRACKING_BROKERS === undefined) return ofStack(process.env.TEAM ?? "billing");
  return {
    brokers: setting("TRACKING_BROKERS"),
    topic: setting("TRACKING_TOPIC"),
    account: setting("TRACKING_ACCOUNT"),
    groupId: setting("TRACKING_GROUP_ID"),
    password: setting("TRACKING_PASSWORD"),
  };
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`set ${name}; docs/consume.md says where it is`);
  return value;
}

function ofStack(team: string): Settings {
  const pulumi = (...args: string[]) => execFileSync("pulumi", args, { encoding: "utf8", timeout: 60_000 });
  const { brokers, topic, howToConnect } = JSON.parse(pulumi("stack", "output", "--json")) as {
    brokers: { public: string };
    topic: string;
    howToConnect: Record<string, { groupId: string; username: string } | undefined>;
  };
  const group = howToConnect[team];
  if (!group) throw new Error(`there is no team ${team}; there are ${Object.keys(howToConnect).join(", ")}`);
  const { groupId, username } = group;
  const account = username.slice(0, -groupId.length - 1);
  const password = pulumi("config", "get", "groupPassword").trim();
  return { brokers: brokers.public, topic, account, groupId, password };
}
