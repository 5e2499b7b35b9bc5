import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unprivilegedAccount } from "../../tools/server/account.ts";

export interface Certificates {
  /** In PEM: what signed the server's. */
  readonly ca: string;
  readonly caFile: string;
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** An authority of its own, and what it signed for a server on this machine that runs under this account; by `openssl`. */
export function makeCertificates(account: string, name = "localhost"): Certificates {
  const folder = mkdtempSync(join(tmpdir(), "certificates-"));
  chmodSync(folder, 0o755);
  const at = (file: string) => join(folder, file);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl(
    "req",
    "-x509",
    ...key,
    "-days",
    "2",
    "-subj",
    "/CN=test authority",
    "-keyout",
    at("ca.key"),
    "-out",
    at("ca.pem"),
  );
  const names = `subjectAltName=DNS:${name},IP:127.0.0.1`;
  const signer = ["-CA", at("ca.pem"), "-CAkey", at("ca.key")];
  const subject = ["-subj", `/CN=${name}`, "-addext", names];
  openssl(
    "req",
    "-x509",
    ...key,
    ...signer,
    "-days",
    "2",
    ...subject,
    "-keyout",
    at("server.key"),
    "-out",
    at("server.pem"),
  );
  const owner = unprivilegedAccount(account);
  if (owner) chownSync(at("server.key"), owner.uid, owner.gid);
  return {
    ca: readFileSync(at("ca.pem"), "utf8"),
    caFile: at("ca.pem"),
    certificateFile: at("server.pem"),
    keyFile: at("server.key"),
  };
}
