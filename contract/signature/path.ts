/** Percent sequences decoded, `+` kept. A path that cannot be decoded stays as it is. */
export function decodedPath(rawPath: string): string {
  if (!rawPath.includes("%")) return rawPath;
  try {
    return decodeURIComponent(rawPath);
  } catch {
    return rawPath;
  }
}
