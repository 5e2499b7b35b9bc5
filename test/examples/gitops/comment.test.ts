import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { runCommand } from "../../../tools/ps.ts";
import { root } from "../../support/sources.ts";

/* The script against a small server that answers as both forges do, a hundred comments a page. */

const REVIEW = "<!-- change-tracking-review -->\n## What will happen\n";
const TOKEN = "t0ken-of-the-forge-71";
const script = join(root, "examples/gitops/ci/comment.mjs");
const place = mkdtempSync(join(tmpdir(), "comment-"));
const file = join(place, "review.md");

interface Comment {
  readonly id: number;
  body: string;
  readonly user?: { readonly type: string };
  readonly author?: { readonly username: string };
}

/** What both forges say of a token's own comments. */
const OWN = { user: { type: "Bot" }, author: { username: "project_12_bot_2f" } };

let comments: Comment[];
let asked: string[];
const server = createServer(async (request, response) => {
  const { method = "", url = "", headers } = request;
  const token = headers["private-token"] ?? headers.authorization?.replace("Bearer ", "");
  let text = "";
  for await (const part of request) text += part;
  const { pathname, searchParams } = new URL(url, "http://forge");
  asked.push(`${method} ${pathname}`);
  if (token !== TOKEN) return void response.writeHead(401).end("{}");
  if (method === "GET") {
    const from = (Number(searchParams.get("page")) - 1) * 100;
    return void response.end(JSON.stringify(comments.slice(from, from + 100)));
  }
  const { body } = JSON.parse(text) as { body: string };
  const old = comments.find(({ id }) => pathname.endsWith(`/${id}`));
  if (old) old.body = body;
  else comments.push({ id: comments.length + 1, body, ...OWN });
  response.end("{}");
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
beforeEach(() => {
  comments = Array.from({ length: 100 }, (_, index) => ({ id: index + 1, body: `no ${index}` }));
  asked = [];
  writeFileSync(file, REVIEW);
});
afterAll(() => {
  rmSync(place, { recursive: true, force: true });
  server.close();
});

function comment(forge: string, token = TOKEN) {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env: Record<string, string> =
    forge === "GitHub"
      ? { GITHUB_API_URL: url, GITHUB_REPOSITORY: "team/gitops", GH_TOKEN: token, PULL_REQUEST: "7" }
      : {
          ...{ GITLAB_CI: "true", CI_API_V4_URL: url, CI_PROJECT_ID: "12" },
          ...{ CI_MERGE_REQUEST_IID: "7", REVIEW_TOKEN: token },
        };
  return runCommand(process.execPath, [script, file], { env, cwd: place, timeoutMs: 60_000 });
}

const FORGES = {
  GitHub: {
    all: "/repos/team/gitops/issues/7/comments",
    one: "PATCH /repos/team/gitops/issues/comments/101",
  },
  GitLab: {
    all: "/projects/12/merge_requests/7/notes",
    one: "PUT /projects/12/merge_requests/7/notes/101",
  },
};

it.each(Object.entries(FORGES))("%s: written once, and then anew", async (forge, { all, one }) => {
  expect((await comment(forge)).code).toBe(0);
  expect(asked).toEqual([`GET ${all}`, `GET ${all}`, `POST ${all}`]);
  expect(comments.at(-1)).toMatchObject({ id: 101, body: REVIEW });

  asked = [];
  writeFileSync(file, `${REVIEW}again`);
  expect((await comment(forge)).code).toBe(0);
  expect(asked).toEqual([`GET ${all}`, `GET ${all}`, one]);
  expect(comments).toHaveLength(101);
  expect(comments.at(-1)?.body).toBe(`${REVIEW}again`);
});

it.each(Object.keys(FORGES))(
  "%s: a comment of somebody else that begins alike is left as it is",
  async (forge) => {
    const fake: Comment = {
      id: 1,
      body: `${REVIEW}fake`,
      user: { type: "User" },
      author: { username: "mallory" },
    };
    comments = [fake];
    expect((await comment(forge)).code).toBe(0);
    expect(comments.map(({ body }) => body)).toEqual([`${REVIEW}fake`, REVIEW]);
  },
);

it("what is no review is not written, and a refusal is told without the token", async () => {
  const refused = await comment("GitHub", "wrong-t0ken-99");
  expect([refused.code, refused.stderr]).toEqual([
    1,
    expect.stringMatching(/^comment: GET http.* answers 401\n$/),
  ]);
  expect(refused.stderr).not.toContain("wrong-t0ken-99");
  // What follows the second one GitLab would do, with the rights of the token.
  for (const text of ["hello", `${REVIEW}\n/merge\n`, `${REVIEW}\r\n/approve`]) {
    writeFileSync(file, text);
    expect((await comment("GitLab")).code, text).toBe(1);
  }
  expect(comments).toHaveLength(100);
});
