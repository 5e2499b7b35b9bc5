import { nearest } from "../../../contract/limits/message.ts";

const KEYS = [
  "endpoint",
  "endpoints",
  "target",
  "region",
  "accessKeyId",
  "accessKeySecret",
  "securityToken",
  "serviceInProgram",
] as const;

const VARIABLES = [
  "CHANGE_TRACKING_ENDPOINT",
  "CHANGE_TRACKING_REGION",
  "CHANGE_TRACKING_ACCESS_KEY_ID",
  "CHANGE_TRACKING_ACCESS_KEY_SECRET",
  "CHANGE_TRACKING_SECURITY_TOKEN",
  "CHANGE_TRACKING_ADOPT_EXISTING",
] as const;

const NAMESPACE = "changetracking:";

/**
 * Settings that nobody reads, each with what was probably meant; never a value. A project that is itself called
 * changetracking has keys of its own in this namespace, so there only likely slips are named.
 */
export function misspelledSettings(
  configured: readonly string[],
  variables: readonly string[],
  project: string | undefined,
): string[] {
  const isShared = `${project}:` === NAMESPACE;
  const ofConfig = configured
    .filter((key) => key.startsWith(NAMESPACE))
    .map((key) => key.slice(NAMESPACE.length))
    .filter((name) => !(KEYS as readonly string[]).includes(name))
    .flatMap((name) => {
      const meant = nearest(name, KEYS);
      if (meant !== undefined) return `${NAMESPACE}${name} is no setting; did you mean ${NAMESPACE}${meant}?`;
      return isShared ? [] : `${NAMESPACE}${name} is no setting; there are ${KEYS.join(", ")}`;
    });
  const ofEnvironment = variables
    .filter((name) => name.startsWith("CHANGE_TRACKING_") && !(VARIABLES as readonly string[]).includes(name))
    .flatMap((name) => {
      const meant = nearest(name, VARIABLES);
      return meant === undefined ? [] : `${name} is no setting; did you mean ${meant}?`;
    });
  return [...ofConfig, ...ofEnvironment];
}
