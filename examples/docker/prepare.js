/*
 * Makes the secrets of compose.yaml, each a file of its own below secrets/; those that are there stay.
 *
 *   node prepare.js
 */
const { randomBytes } = require("node:crypto");
const { existsSync, mkdirSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const folder = join(__dirname, "secrets");

// The folder is closed to others; the files are not, because each is shown to a container's own user as it is.
mkdirSync(folder, { recursive: true, mode: 0o700 });
for (const name of ["access-key", "service-token", "database-password"]) {
  const path = join(folder, name);
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString("hex"), { mode: 0o644 });
}
console.log(`secrets are in ${folder}`);
