/*
 * Puts a review under a pull request of GitHub or a merge request of GitLab, and keeps it one: a comment that begins with
 * the review's marker is written anew. Needs what the CI sets by itself, and a token that may comment:
 *
 *   node ci/comment.mjs review.md     GitHub: GH_TOKEN (the workflow's own), PULL_REQUEST (its number);
 *                                     GitLab: REVIEW_TOKEN (a project's or group's)
 */
import { readFile } from "node:fs/promises";

const MARKER = "<!-- change-tracking-review -->";
const PAGES_MAX = 50;
const PAGE_SIZE = 100;
const ANSWER_MS_MAX = 30_000;

function need(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

function github() {
  const repository = `${need("GITHUB_API_URL")}/repos/${need("GITHUB_REPOSITORY")}`;
  return {
    headers: { authorization: `Bearer ${need("GH_TOKEN")}`, accept: "application/vnd.github+json" },
    comments: `${repository}/issues/${need("PULL_REQUEST")}/comments`,
    comment: (id) => `${repository}/issues/comments/${id}`,
    updateBy: "PATCH",
    // Anybody may begin a comment with the marker, and could edit what was put into it.
    isOwn: ({ user }) => user?.type === "Bot",
  };
}

function gitlab() {
  const notes = `${need("CI_API_V4_URL")}/projects/${need("CI_PROJECT_ID")}/merge_requests/${need("CI_MERGE_REQUEST_IID")}/notes`;
  return {
    headers: { "private-token": need("REVIEW_TOKEN") },
    comments: notes,
    comment: (id) => `${notes}/${id}`,
    updateBy: "PUT",
    isOwn: ({ author }) => /^(project|group)_\d+_bot/.test(author?.username ?? ""),
  };
}

async function call(forge, method, url, body) {
  const response = await fetch(url, {
    method,
    headers: { ...forge.headers, "content-type": "application/json" },
    signal: AbortSignal.timeout(ANSWER_MS_MAX),
    ...(body === undefined ? {} : { body: JSON.stringify({ body }) }),
  });
  if (!response.ok) throw new Error(`${method} ${url} answers ${response.status}`);
  return response.json();
}

async function findOwn(forge) {
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const found = await call(forge, "GET", `${forge.comments}?per_page=${PAGE_SIZE}&page=${page}`);
    const own = found.find((one) => one.body?.startsWith(MARKER) && forge.isOwn(one));
    if (own || found.length < PAGE_SIZE) return own;
  }
  return undefined;
}

async function main() {
  const text = await readFile(process.argv[2] ?? "review.md", "utf8");
  if (!text.startsWith(MARKER)) throw new Error("this is no review: it does not begin with its marker");
  // GitLab obeys a line such as /merge with the rights of the token, and a review has none.
  if (/^\//m.test(text)) throw new Error("this is no review: a line of it begins with /");
  const forge = process.env.GITLAB_CI ? gitlab() : github();
  const own = await findOwn(forge);
  if (own) await call(forge, forge.updateBy, forge.comment(own.id), text);
  else await call(forge, "POST", forge.comments, text);
}

main().catch((error) => {
  console.error(`comment: ${error.message}`);
  process.exitCode = 1;
});
