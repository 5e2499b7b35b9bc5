import { isNoAddress } from "../../../contract/local.ts";

/** An address to connect to, as an output gives it; empty where the service says that there is none. */
export function usableAddress(address: string | undefined): string {
  return address === undefined || isNoAddress(address) ? "" : address;
}

/** Those of the addresses that something can be connected to, by network. */
export function usableAddresses(
  entries: readonly (readonly [string, string | undefined])[],
): Record<string, string> {
  return Object.fromEntries(
    entries.flatMap(([network, address]) => {
      const usable = usableAddress(address);
      return usable === "" ? [] : [[network, usable]];
    }),
  );
}
