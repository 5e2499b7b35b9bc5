import * as pulumi from "@pulumi/pulumi";

const NODE_MIN = { major: 22, minor: 21 };

/** Said before anything else: an older Node.js could only name a function that it does not know. */
export function requireNodeVersion(version: string): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > NODE_MIN.major || (major === NODE_MIN.major && minor >= NODE_MIN.minor)) return;
  const needed = `${NODE_MIN.major}.${NODE_MIN.minor}`;
  throw new pulumi.RunError(`pulumi-change-tracking needs Node.js ${needed} or newer, this is ${version}.`);
}
