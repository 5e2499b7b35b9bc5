import { isIP } from "node:net";
import { shown } from "./message.ts";
import { refuse, stringOf } from "./text.ts";

const PREFIX_BITS_MAX = { 4: 32, 6: 128 } as const;

/** An IP address, or a CIDR block as `192.168.0.0/16`, as white lists hold them. */
export const addressBlock = stringOf("an IP address or a CIDR block").superRefine((value, ctx) => {
  if (!isAddressBlock(value)) refuse(ctx, `must be an IP address or a CIDR block, got ${shown(value)}`);
});

function isAddressBlock(text: string): boolean {
  const [, address = "", prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  // A zone such as `%eth0` means something on one machine only.
  if ((version !== 4 && version !== 6) || address.includes("%")) return false;
  return prefix === undefined || Number(prefix) <= PREFIX_BITS_MAX[version];
}
