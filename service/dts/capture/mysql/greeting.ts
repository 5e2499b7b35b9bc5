import type { Socket } from "node:net";

const HEADER_BYTES = 4;
const PROTOCOL = 10;
/** Behind the version's end: thread id 4, salt 8, filler 1. */
const TO_CAPABILITIES = 13;
const SSL = 0x0800;
/** No version is as long as that. */
const GREETING_BYTES_MAX = 1_024;
const GREETING_MS_MAX = 10_000;

/** What the server says first tells whether it offers TLS. All of it is left to be read. */
export function offersTls(socket: Socket): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let said = Buffer.alloc(0);
    const timer = setTimeout(
      () => fail(new Error(`the server said nothing within ${GREETING_MS_MAX} ms`)),
      GREETING_MS_MAX,
    );
    const end = () => {
      clearTimeout(timer);
      socket.off("readable", look).off("close", gone).off("error", fail);
    };
    const fail = (error: Error) => {
      end();
      reject(error);
    };
    const gone = () => fail(new Error("the server closed the connection at once"));
    const look = () => {
      for (let piece = socket.read() as Buffer | null; piece; piece = socket.read() as Buffer | null)
        said = Buffer.concat([said, piece]);
      const offered = tlsIn(said);
      if (offered === undefined && said.length < GREETING_BYTES_MAX) return;
      end();
      socket.unshift(said);
      resolve(offered ?? false);
    };
    socket.on("readable", look).on("close", gone).on("error", fail);
    look();
  });
}

/** Undefined while that part has not come. An error in place of a greeting offers nothing. */
function tlsIn(said: Buffer): boolean | undefined {
  const protocol = said[HEADER_BYTES];
  if (protocol === undefined) return undefined;
  if (protocol !== PROTOCOL) return false;
  const versionEnd = said.indexOf(0, HEADER_BYTES + 1);
  const at = versionEnd + 1 + TO_CAPABILITIES;
  if (versionEnd < 0 || at + 2 > said.length) return undefined;
  return (said.readUInt16LE(at) & SSL) !== 0;
}
