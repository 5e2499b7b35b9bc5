/** A host as connections take it: an IPv6 address without the brackets that it has in URLs. */
export function bareHost(host: string): string {
  return host.replace(/^\[|\]$/g, "");
}

/** Where this machine reaches what listens on a host: behind a wildcard on itself. Without brackets. */
export function reachableHost(host: string): string {
  const name = bareHost(host);
  return name === "0.0.0.0" || name === "::" ? "127.0.0.1" : name;
}

/** `host:port`, an IPv6 address in brackets. */
export function hostAndPort(host: string, port: number): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
