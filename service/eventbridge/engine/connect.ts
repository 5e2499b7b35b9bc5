import { AddressNotAllowed, dial } from "../../core/outbound/dial.ts";
import type { Settings } from "../../core/settings/service-options.ts";

const CONNECT_MS_MAX = 1_500;

/** Why nothing answers at an address; undefined when something listens there. */
export async function connectFailure(
  settings: Settings,
  host: string,
  port: number,
): Promise<string | undefined> {
  try {
    (await dial(settings, { host, port, msMax: CONNECT_MS_MAX })).destroy();
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return error instanceof AddressNotAllowed ? message : (code ?? message);
  }
}
