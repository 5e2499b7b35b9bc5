/**
 * MariaDB keeps a UUID with the parts that change least first, unless its version is 6 or more: the node, the clock, the time
 * from its high to its low part. Which one it is shows in the byte that holds the variant.
 */
export function uuidText(bytes: Buffer): string {
  const isTurned = (bytes.readUInt8(6) & 0x80) !== 0 || (bytes.readUInt8(8) & 0x80) === 0;
  const hex = isTurned
    ? Buffer.concat([
        bytes.subarray(12, 16),
        bytes.subarray(10, 12),
        bytes.subarray(8, 10),
        bytes.subarray(6, 8),
        bytes.subarray(0, 6),
      ]).toString("hex")
    : bytes.toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export function inet4Text(bytes: Buffer): string {
  return [...bytes.subarray(0, 4)].join(".");
}

/** The longest run of zero groups is left out, the first of those that are as long; IPv4 inside is written as that. */
export function inet6Text(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(2 * at));
  const isMapped = groups.slice(0, 5).every((group) => group === 0);
  const last = `${bytes[12]}.${bytes[13]}.${bytes[14]}.${bytes[15]}`;
  if (isMapped && groups[5] === 0xffff) return `::ffff:${last}`;
  if (isMapped && groups[5] === 0 && groups[6] !== 0) return `::${last}`;
  let [from, size] = [0, 0];
  for (let at = 0; at < groups.length; at += 1) {
    let end = at;
    while (groups[end] === 0) end += 1;
    if (end - at > size) [from, size] = [at, end - at];
  }
  const text = (part: readonly number[]) => part.map((group) => group.toString(16)).join(":");
  if (size < 2) return text(groups);
  return `${text(groups.slice(0, from))}::${text(groups.slice(from + size))}`;
}
