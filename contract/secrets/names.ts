/*
 * The one list of the repository: whatever prints a value asks here, by its name, whether it may. All words are
 * written without case, hyphens and underscores.
 */

/** Words that make a name secret wherever they stand in it. */
const ANYWHERE =
  /passw|passphrase|passcode|pwd|secret|webhook|callbackurl|privatekey|apikey|credential|authorization|cookie|bearer|connectionstring|connectionuri|keyossurl|token/;
/** Words that do so at its end, where nearly every longer text has them somewhere. */
const AT_END = /(signature|pass|psw|jwt|key)$|^pw$/;
/** Keys of a text that cannot be taken apart: there a mere `key` stands for nothing. */
const KEYS = /(access|keystore)key/;

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
    if ((ANYWHERE.test(plain) || AT_END.test(plain)) && !OPEN.test(plain)) return true;
  }
  return false;
}

/** Whether a text that cannot be taken apart names something secret; coarse, so that doubt hides. */
export function mentionsSecret(text: string): boolean {
  const plain = text.toLowerCase().replace(/[-_]/g, "");
  return ANYWHERE.test(plain) || KEYS.test(plain);
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
