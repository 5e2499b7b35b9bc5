import { KEY_NAMES } from "../runtime/host/keys.ts";
import { MASKED } from "./preview.ts";
import { configValue, type PulumiPlace } from "./pulumi.ts";

const NAMESPACE = "changetracking:";

/**
 * The provider's own settings out of a preview's configuration. Its JSON keeps secrets back, so those are asked of the
 * CLI, unless the environment has keys, which win anyway. What cannot be had is left out.
 */
export async function providerSettings(
  config: Readonly<Record<string, string>>,
  place: PulumiPlace,
): Promise<Record<string, string>> {
  const own = Object.entries(config).filter(([key]) => key.startsWith(NAMESPACE));
  // An empty variable is one that is not set, here as in the provider.
  const hasKeys = Boolean(place.environment[KEY_NAMES.environment[0]]);
  const found: Record<string, string> = {};
  for (const [key, value] of own) {
    if (value !== MASKED) found[key] = value;
    else if (!hasKeys || !isKeyName(key)) {
      const asked = await configValue(place, key).catch(() => undefined);
      if (asked !== undefined) found[key] = asked;
    }
  }
  return found;
}

function isKeyName(key: string): boolean {
  return (KEY_NAMES.configuration as readonly string[]).includes(key);
}
