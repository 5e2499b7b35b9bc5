import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  scryptSync,
  timingSafeEqual,
} from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";

/**
 * Keeps secrets. Passwords that need only be checked are hashed; those that must be used again
 * (a source's password for the capture) are encrypted with a key of the data folder.
 */
export interface Vault {
  hash(secret: string): string;
  matches(secret: string, hashed: string): boolean;
  seal(secret: string): string;
  open(sealed: string): string;
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** About 2 ms a check: the hash is also keyed by the vault, so it cannot be searched without the key file. */
const scryptCost = { N: 1024, r: 8, p: 1 };

/** Reads the key file, or makes it (mode 0600) when it does not exist or is empty. Throws when it is malformed. */
export function vaultKey(path: string): Buffer {
  const text = readIfThere(path);
  if (text === "") return makeKey(path);
  const key = Buffer.from(text, "base64");
  if (key.length !== KEY_BYTES) {
    throw new Error(
      `the vault key in ${path} must be ${KEY_BYTES} bytes in Base64, got ${key.length} bytes; put the right file back, or start with an empty data folder`,
    );
  }
  return key;
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw new Error(`cannot read the vault key: ${(error as Error).message}`);
  }
}

/** Whole or not at all, so that a full disk leaves no half key; durable before anything is sealed with it. */
function makeKey(path: string): Buffer {
  const key = temporaryKey();
  const made = `${path}.${process.pid}.new`;
  try {
    const file = openSync(made, "w", 0o600);
    try {
      writeFileSync(file, `${key.toString("base64")}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    return putInPlace(made, path) ? key : vaultKey(path);
  } catch (error) {
    throw new Error(`cannot make the vault key ${path}: ${(error as Error).message}`, { cause: error });
  } finally {
    rmSync(made, { force: true });
  }
}

/** False when another process was quicker with a key for the same file: that one counts. */
function putInPlace(made: string, path: string): boolean {
  try {
    linkSync(made, path);
    return true;
  } catch {
    if (readIfThere(path) !== "") return false;
    // An empty file of an interrupted start, or a file system without links.
    renameSync(made, path);
    return true;
  }
}

/** Names a key without giving it away, so that a snapshot can tell which key sealed it. */
export function keyFingerprint(key: Buffer): string {
  return createHash("sha256").update("fingerprint").update(key).digest("hex").slice(0, 16);
}

/** A key that dies with the process. */
export function temporaryKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

export function openVault(key: Buffer): Vault {
  const digest = (secret: string, salt: Buffer) =>
    scryptSync(createHmac("sha256", key).update(secret).digest(), salt, KEY_BYTES, scryptCost);
  return {
    hash(secret) {
      const salt = randomBytes(16);
      return `h1:${salt.toString("base64")}:${digest(secret, salt).toString("base64")}`;
    },
    matches(secret, hashed) {
      const [form, salt, expected] = hashed.split(":");
      if (form !== "h1" || !salt || !expected) return false;
      const given = digest(secret, Buffer.from(salt, "base64"));
      const stored = Buffer.from(expected, "base64");
      return given.length === stored.length && timingSafeEqual(given, stored);
    },
    seal(secret) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const body = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return `s1:${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64")}`;
    },
    open(sealed) {
      if (!sealed.startsWith("s1:")) throw new Error("not a sealed value");
      const bytes = Buffer.from(sealed.slice(3), "base64");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const body = bytes.subarray(NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
    },
  };
}
