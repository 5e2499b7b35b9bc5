/** The floor: node:http answering a constant body of BODY_BYTES bytes, nothing read, nothing checked. */
import { createServer } from "node:http";

const body = Buffer.alloc(Number(process.env.BODY_BYTES), "x");
const headers = { "content-type": "application/json;charset=utf-8", "content-length": body.length };

const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, headers).end(body);
});
server.listen(Number(process.env.PORT), "127.0.0.1", () => process.send?.("ready"));
