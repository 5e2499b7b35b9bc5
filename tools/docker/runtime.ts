/**
 * node tools/docker/runtime.ts FOLDER: lays out what an image from nothing needs to run Node.js; see Dockerfile.
 */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";

/** Of nobody in particular, and the same in every image, so that volumes keep their owner. */
const USER_ID = 65_532;

/**
 * Copies this Node.js and the libraries that it has loaded into `folder`, each to the path at which it is found here, and
 * writes what names are looked up by. Returns the paths.
 */
function layOutRuntime(folder: string): string[] {
  const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] };
  // linux-vdso.so.1 is the kernel's, and no file.
  const files = [...new Set([process.execPath, ...sharedObjects.filter(isAbsolute)])];
  for (const path of files) {
    const to = join(folder, path === process.execPath ? "usr/local/bin/node" : path);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(path, to);
  }
  mkdirSync(join(folder, "etc"), { recursive: true });
  const user = `change-tracking:x:${USER_ID}:${USER_ID}::/data:/usr/sbin/nologin`;
  writeFileSync(join(folder, "etc/passwd"), `root:x:0:0::/root:/usr/sbin/nologin\n${user}\n`);
  writeFileSync(join(folder, "etc/group"), `root:x:0:\nchange-tracking:x:${USER_ID}:\n`);
  writeFileSync(join(folder, "etc/nsswitch.conf"), "hosts: files dns\n");
  return files;
}

if (import.meta.main) {
  const [, , folder] = process.argv;
  if (folder === undefined) throw new Error("say into which folder: node tools/docker/runtime.ts FOLDER");
  process.stdout.write(`${layOutRuntime(folder).join("\n")}\n`);
}
