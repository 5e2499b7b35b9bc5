import { BlockList, isIP, isIPv6 } from "node:net";

/** `never`: link-local, metadata and multicast. `internal`: this machine and private networks. */
type AddressClass = "never" | "internal" | "public";

/** Where clouds tell a machine its secrets; the public-looking ones are those of Azure and Oracle, fd00:ec2:: AWS's. */
const neverRanges = [
  "169.254.0.0/16",
  "100.100.100.200",
  "168.63.129.16",
  "192.0.0.192",
  "224.0.0.0/4",
  "255.255.255.255",
  "fe80::/10",
  "fd00:ec2::/32",
  "fd20:ce::254",
  "ff00::/8",
];
/** The unspecified address reaches this machine. */
const internalRanges = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "::/128",
  "::1/128",
  "fc00::/7",
  "fec0::/10",
];

interface AddressSet {
  has(address: string): boolean;
}

/** Addresses and ranges such as `10.0.0.0/8`. */
export function addressSet(ranges: readonly string[]): AddressSet {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", prefix] = range.split("/");
    const family = familyOf(address);
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return { has: (address) => list.check(address, familyOf(address)) };
}

/** For settings: whether a string is an address or a range. */
export function isAddressRange(text: string): boolean {
  const match = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text);
  const family = isIP(match?.[1] ?? "");
  return family !== 0 && Number(match?.[2] ?? 0) <= (family === 4 ? 32 : 128);
}

const never = addressSet(neverRanges);
const internal = addressSet(internalRanges);

/**
 * All that an address stands for: itself, the IPv4 address that an IPv6 one carries, and this machine's loopback
 * addresses, which the unspecified ones reach. No zone.
 */
export function meaningsOf(address: string): readonly string[] {
  const plain = address.replace(/%.*$/, "");
  const groups = isIPv6(plain) ? groupsOf(plain) : undefined;
  const carried = groups && carriedIpv4(groups);
  const meanings = carried === undefined ? [plain] : [plain, carried];
  const isUnspecified = meanings.includes("0.0.0.0") || groups?.every((one) => one === 0) === true;
  return isUnspecified ? [...meanings, "127.0.0.1", "::1"] : meanings;
}

/** The strictest class of what it stands for. */
export function classOf(address: string): AddressClass {
  const meanings = meaningsOf(address);
  if (meanings.some((one) => never.has(one))) return "never";
  return meanings.some((one) => internal.has(one)) ? "internal" : "public";
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIPv6(address) ? "ipv6" : "ipv4";
}

/** The eight groups of an IPv6 address, however it is written. */
function groupsOf(address: string): number[] {
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = "", tail] = written.split("::");
  const parts = (text: string) => (text === "" ? [] : text.split(":").map((one) => Number.parseInt(one, 16)));
  const [front, back] = [parts(head), parts(tail ?? "")];
  return [...front, ...Array<number>(8 - front.length - back.length).fill(0), ...back];
}

/**
 * Mapped and compatible addresses, those of translators (::ffff:0:0:0/96, 64:ff9b::/96, 64:ff9b:1::/48), of tunnels
 * inside a site (ISATAP) and of 6to4 (2002::/16).
 */
function carriedIpv4(groups: readonly number[]): string | undefined {
  const [first = 0, second = 0, third = 0, , fifth = 0, sixth = 0] = groups;
  const isEmpty = (from: number, to: number) => groups.slice(from, to).every((one) => one === 0);
  const isMapped = isEmpty(0, 5) && (sixth === 0 || sixth === 0xffff);
  const isTranslated = isEmpty(0, 4) && fifth === 0xffff && sixth === 0;
  const isTranslatedHere = first === 0x64 && second === 0xff9b && (isEmpty(2, 6) || third === 1);
  const isTunnelled = (fifth & 0xfdff) === 0 && sixth === 0x5efe;
  if (isMapped || isTranslated || isTranslatedHere || isTunnelled) {
    return ipv4Of(groups[6] ?? 0, groups[7] ?? 0);
  }
  return first === 0x2002 ? ipv4Of(second, third) : undefined;
}

function ipv4Of(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}
