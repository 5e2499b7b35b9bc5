/** Words that make a name secret wherever they stand in it, written without case, hyphens and underscores. */
const WORDS =
  /passw|passphrase|pwd|secret|webhook|callbackurl|privatekey|apikey|credential|authorization|cookie|bearer|connectionstring|connectionuri|keyossurl|token|signature$|accesskey$|pass$|passcode|^pw$|psw$|jwt$|key$/;

/**
 * Published names that hold such a word and no secret: names of things, cursors of lists, counts. Whatever else
 * ends in `key` or holds `token` counts as secret, so a name that nobody has thought of is hidden, not shown.
 */
const OPEN =
  /^(key|(tag|product|routing|search|message|sharding|category|partition|primary|resource|object|foreign|group|sort)key|(next|page|client|continuation)token|token(perminute|seconds|count)|tokenspersecond|checkpass|canmodifypassword|.*helpdockey)$/;

/** Members that say what the value beside them is called: `{ "ResourceKey": "password", "Value": "..." }`. */
const LABELS = /^(key|name|resourcekey|parametername|headername)$/;
const LABELLED = /^(value|values|template|default|defaultvalue)$/;
const CONTAINS_SECRET = /^(isvaluesecret|issecret)$/;

/**
 * Whether what stands under this name must never be shown. Takes one name, a path (`source.password`), a flattened
 * parameter (`Channels.1.DingWebHook`) or a header; below a secret name everything is secret.
 */
export function isSecretName(name: string): boolean {
  for (const part of name.split(/[.[\]/]/)) {
    const plain = plainName(part);
    if (WORDS.test(plain) && !OPEN.test(plain)) return true;
  }
  return false;
}

/** Whether a text that cannot be taken apart names something secret; coarse, so that doubt hides. */
export function mentionsSecret(text: string): boolean {
  return /passw|passphrase|pwd|secret|webhook|callbackurl|(private|api|access|keystore)_?-?key|credential|authorization|connectionstring|token/i.test(
    text,
  );
}

/** Whether this member names its neighbour, and as something secret. */
export function labelsSecret(name: string, value: unknown): boolean {
  const plain = plainName(name);
  if (CONTAINS_SECRET.test(plain)) return String(value).toLowerCase() === "true";
  return typeof value === "string" && LABELS.test(plain) && value.length < 200 && isSecretName(value);
}

export function isLabelled(name: string): boolean {
  return LABELLED.test(plainName(name));
}

function plainName(part: string): string {
  return part.toLowerCase().replace(/[-_\s]/g, "");
}
