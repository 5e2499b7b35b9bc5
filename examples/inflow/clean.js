/*
 * A function that cleanses changes on their way: it gets a batch of events and answers those that go on. It leaves
 * out orders of nobody, and gives the others a member `size`. In the cloud it is one of Function Compute; for the
 * local service it is any URL, named in its settings:
 *
 *   node clean.js 9000
 */
const { createServer } = require("node:http");

const BODY_BYTES_MAX = 32 * 1024 * 1024;

function clean(event) {
  const row = event.data.afterImage?.row;
  if (!row || Number(row.customer_id) === 0) return [];
  row.size = Number(row.amount) >= 100 ? "large" : "small";
  return [event];
}

const server = createServer((request, response) => {
  const pieces = [];
  let bytes = 0;
  request.on("data", (piece) => {
    bytes += piece.length;
    if (bytes > BODY_BYTES_MAX) request.destroy();
    else pieces.push(piece);
  });
  request.on("end", () => {
    try {
      const events = [JSON.parse(Buffer.concat(pieces).toString())].flat();
      response.setHeader("content-type", "application/json").end(JSON.stringify(events.flatMap(clean)));
    } catch (error) {
      response.writeHead(400).end(String(error.message));
    }
  });
});
server.listen(Number(process.argv[2] ?? 9000), "127.0.0.1", () => {
  console.log(`functions are called at http://127.0.0.1:${server.address().port}/clean`);
});
