import type { IncomingMessage, ServerResponse } from "node:http";
import { originForm } from "../http/call-target.ts";
import { productTitle } from "../kit/product-room.ts";
import type { AdminParts } from "./route.ts";

/** Nothing may be loaded, run, framed or sent from this page. */
const POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A person with a browser at the bare address. Every call of an API names an action or is signed in a header. */
export function isBrowserAtRoot(req: IncomingMessage): boolean {
  if (req.method !== "GET" || req.headers.authorization !== undefined) return false;
  if (!/\btext\/html\b/i.test(req.headers.accept ?? "")) return false;
  // Taken apart by hand: what a client may send as `//` is no URL, and the parser would throw.
  const [path, query] = originForm(req.url ?? "/").split("?", 2);
  return path === "/" && ![...new URLSearchParams(query).keys()].some((name) => /^action$/i.test(name));
}

/** Says what this is and where to look. */
export function welcome(parts: AdminParts, res: ServerResponse): void {
  const text = page(parts);
  res.writeHead(200, {
    "content-type": "text/html;charset=utf-8",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  });
  res.end(text);
}

function page({ rooms, version, options }: AdminParts): string {
  const products = rooms.list.map(
    (room) => `<li>${escaped(productTitle(room))}, version ${escaped(room.version)}</li>`,
  );
  const token =
    options.serviceToken === undefined
      ? ""
      : "<p>These pages ask for the service token: send it as <code>Authorization: Bearer</code>.</p>\n";
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>change-tracking-service</title></head>
<body>
<h1>change-tracking-service ${escaped(version)}</h1>
<p>A local service that speaks the published API of the products around change tracking. SDKs, command lines and
infrastructure programs call it at this address with an access key; a browser can look at:</p>
<ul>
<li><a href="/_service/status">/_service/status</a>: what runs and what is stored</li>
<li><a href="/_service/journal">/_service/journal</a>: the last calls</li>
</ul>
${token}<p>It serves:</p>
<ul>
${products.join("\n")}
</ul>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
