import { z } from "zod";
import type { AccessKey } from "../auth/access-keys.ts";
import { judge } from "../kit/judge.ts";
import { type AdminRoute, badRequest, notFound } from "./route.ts";

const newKey = z.strictObject({
  /** `readOnly` keys may call reading actions only. */
  rights: z.enum(["all", "readOnly"]).default("all"),
  /** Makes a temporary key with a security token, good for so long: 15 minutes to 12 hours. */
  tokenSeconds: z.int().min(900).max(43_200).optional(),
});
const change = z.strictObject({ active: z.boolean() });

/** Access keys made and revoked while the service runs. The secret is shown once, when the key is made. */
export const keyRoutes: readonly AdminRoute[] = [
  { method: "GET", path: "keys", handle: ({ keys }) => ({ keys: keys.list().map(view) }) },
  {
    method: "POST",
    path: "keys",
    handle({ keys }, { body }) {
      const spec = judge(newKey, body ?? {}, "body", badRequest);
      try {
        const key = keys.make({
          rights: spec.rights,
          ...(spec.tokenSeconds === undefined ? {} : { tokenSeconds: spec.tokenSeconds }),
        });
        return {
          ...view(key),
          accessKeySecret: key.secret,
          ...(key.token ? { securityToken: key.token } : {}),
        };
      } catch (error) {
        throw error instanceof RangeError ? badRequest(error.message) : error;
      }
    },
  },
  {
    method: "PATCH",
    path: "keys/:id",
    handle({ keys }, { path, body }) {
      const id = path[1] ?? "";
      const { active } = judge(change, body, "body", badRequest);
      const key = keys.setActive(id, active) ? keys.find(id) : undefined;
      if (!key) throw unknownKeyError(id);
      return view(key);
    },
  },
  {
    method: "DELETE",
    path: "keys/:id",
    handle({ keys }, { path }) {
      const id = path[1] ?? "";
      if (!keys.revoke(id)) throw unknownKeyError(id);
      return { revoked: id };
    },
  },
];

function view(key: AccessKey): object {
  const { accessKeyId, rights, active, origin, expiresAtMs } = key;
  const expiresAt = expiresAtMs === undefined ? {} : { expiresAt: new Date(expiresAtMs).toISOString() };
  return { accessKeyId, rights, active, origin, ...expiresAt };
}

function unknownKeyError(id: string) {
  return notFound(`no key ${id} was made here; keys of the settings are changed in the settings`);
}
