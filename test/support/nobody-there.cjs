/*
 * Preloaded into the processes of a test (`NODE_OPTIONS=--require`): nobody listens at the local service's default
 * port, whatever runs on this machine. The port that it leads to instead is a privileged one that nothing uses.
 */
const { Socket } = require("node:net");

const DEFAULT_PORT = 8780;
const connect = Socket.prototype.connect;

Socket.prototype.connect = function (...args) {
  // `net.connect` hands over its arguments as one normalized array.
  const given = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof given === "object" && Number(given?.port) === DEFAULT_PORT) given.port = 1;
  return connect.apply(this, args);
};
