/** A host as connections take it: an IPv6 address without the brackets that it has in URLs. */
export function bareHost(host: string): string {
  return host.replace(/^\[|\]$/g, "");
}

/** `host:port`, an IPv6 address in brackets. */
export function hostAndPort(host: string, port: number): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
