import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from "node:net";
import { SELF_SIGNED } from "./self-signed.ts";

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export function plainServer(answer: Answer): Promise<Listening> {
  return listening(createHttpServer(answer));
}

export function tlsServer(answer: Answer): Promise<Listening> {
  return listening(createHttpsServer(SELF_SIGNED, answer));
}

export function tcpServer(accept: (socket: Socket) => void): Promise<Listening> {
  return listening(createTcpServer((socket) => accept(socket.on("error", () => {}))));
}

export interface Proxy extends Listening {
  /** What came in: `CONNECT host:port` or `POST http://host/`. */
  readonly asked: string[];
}

/** A proxy that leads every name to one port of this machine; `refuses` makes it answer with that status instead. */
export async function proxyTo(port: number, refuses?: number): Promise<Proxy> {
  const asked: string[] = [];
  const server = createHttpServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (refuses !== undefined) return void response.writeHead(refuses).end("<html>no</html>");
    response.setHeader("content-type", "application/json").end('{"RequestId":"R","RegionId":"by proxy"}');
  });
  server.on("connect", (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    if (refuses !== undefined) return void socket.end(`HTTP/1.1 ${refuses} No\r\nContent-Length: 0\r\n\r\n`);
    const onward = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
  });
  return { ...(await listening(server)), asked };
}

async function listening(server: Server): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
