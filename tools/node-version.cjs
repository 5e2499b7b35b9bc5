/*
 * Preloaded by every npm script (`node --require`): says in one line which Node.js is needed. In plain old JavaScript,
 * because a Node.js that is too old understands nothing else here. npm puts the right one first on the PATH, from the
 * package `node`, unless its install scripts were switched off.
 */
const NEEDED = [24, 2];

const [major, minor] = process.versions.node.split(".").map(Number);

if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  console.error(
    `Node.js ${NEEDED.join(".")} or newer is needed, this is ${process.versions.node}: install it, or let npm bring it (npm ci without --ignore-scripts).`,
  );
  process.exit(1);
}
