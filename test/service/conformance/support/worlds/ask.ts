import { expect } from "vitest";
import { PRODUCTS, type ProductName } from "../../../../../contract/products.ts";
import type { ProductRoom } from "../../../../../service/core/kit/product-room.ts";
import type { TestService } from "../../../../support/service.ts";
import { clients } from "../../../core/support/clients.ts";

export type Answer = Record<string, unknown>;
/** Calls an action of one product by its published name; `path` fills the route of those that have one. */
export type Ask = (
  action: string,
  params?: Record<string, unknown>,
  path?: readonly string[],
) => Promise<Answer>;

/** Each answer is given to `seen`; a refusal fails. */
export function askOf(
  service: TestService,
  product: ProductName,
  room: ProductRoom,
  seen: (action: string, answer: Answer) => void,
): Ask {
  const client = clients["openapi-core V3"];
  if (!client) throw new Error("the client is not there");
  const target = { endpoint: service.endpoint, ...service.key };
  const { version } = PRODUCTS[product];
  const routes = new Map(room.actions.map(({ name, route }) => [name, route]));
  return async (action, params = {}, path = []) => {
    const route = routes.get(action);
    const outcome = route
      ? await client.roa(target, { version, method: route.method, ...placed(route, params, path) })
      : await client.rpc(target, { version, action, body: params });
    expect(outcome.body, `${action}: ${outcome.code} ${outcome.message}`).toBeDefined();
    const body = outcome.body ?? {};
    expect(body.Success, `${action}: ${JSON.stringify(body)}`).not.toBe(false);
    seen(action, body);
    return body;
  };
}

function placed(
  route: { readonly method: string; readonly path: string },
  params: Record<string, unknown>,
  values: readonly string[],
) {
  const left = [...values];
  const path = route.path.replace(/\{\w+\}/g, () => encodeURIComponent(left.shift() ?? ""));
  if (route.method !== "GET") return { path, body: params };
  return {
    path,
    query: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)])),
  };
}

/** As many tags as fill more than a page when three resources have them. */
export const manyTags = Array.from({ length: 18 }, (_, i) => ({ Key: `k${i}`, Value: "v" }));
