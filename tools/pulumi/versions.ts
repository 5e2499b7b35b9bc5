/** The oldest CLI that is accepted from the PATH. */
export const CLI_VERSION_MIN = "3.200.0";
/** The CLI that is built from Go modules; `tools/pulumi-cli/cli/go.mod` pins the same one. */
export const CLI_VERSION_BUILT = "3.259.0";
/** The last Node language host inside a published Go module; `tools/pulumi-cli/language-nodejs/go.mod` pins it. */
export const LANGUAGE_HOST_VERSION_BUILT = "3.68.0";

/** The files that make up a working CLI for programs in Node.js with dynamic resources. */
export const CLI_FILES = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"] as const;

/** `v3.200.1-dev` as `[3, 200, 1]`, or undefined for anything else. */
function parseVersion(text: string): [number, number, number] | undefined {
  const match = /v?(\d+)\.(\d+)\.(\d+)/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

export function isVersionAtLeast(text: string, minimum: string): boolean {
  const [have, want] = [parseVersion(text), parseVersion(minimum)];
  if (!have || !want) return false;
  for (let i = 0; i < 3; i++) {
    const difference = (have[i] ?? 0) - (want[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
