import { expect } from "vitest";
import { PRODUCTS, type ProductName } from "../../../../contract/products.ts";
import type { TestService } from "../../../support/service.ts";
import { clients, type Outcome } from "../../core/support/clients.ts";

/** One published condition: what breaks it and is refused, and its nearest neighbour, which is accepted. */
export interface Condition {
  readonly action: string;
  /** `refused` and `accepted` are put over it; undefined takes a parameter away. */
  readonly base: Params;
  readonly refused: Params;
  readonly code: string;
  /** Absent where the accepted form needs a state of its own, which other tests have. */
  readonly accepted?: Params;
  /** RocketMQ only. */
  readonly method?: string;
  readonly path?: string;
}

export type Params = Readonly<Record<string, unknown>>;

const client = clients["openapi-core V3"];

/** Calls an action with the official client; objects go as the SDKs flatten them, or as the body of a ROA call. */
export async function call(
  service: TestService,
  product: ProductName,
  { action, method, path }: Pick<Condition, "action" | "method" | "path">,
  params: Params,
): Promise<Outcome> {
  const target = { endpoint: service.endpoint, ...service.key };
  const { version } = PRODUCTS[product];
  const given = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
  if (client === undefined) throw new Error("the client is not there");
  if (method === undefined || path === undefined) return client.rpc(target, { version, action, body: given });
  return client.roa(target, { version, method, path, ...(method === "GET" ? {} : { body: given }) });
}

/** The refused value gives the published code and changes nothing in any room. */
export async function refuses(service: TestService, product: ProductName, one: Condition): Promise<void> {
  const before = await service.admin("GET", "snapshot");
  const refusal = await call(service, product, one, { ...one.base, ...one.refused });
  expect(codeOf(refusal), JSON.stringify(refusal.body ?? refusal.message)).toBe(one.code);
  expect((await service.admin("GET", "snapshot")).rooms).toEqual(before.rooms);
}

/** The nearest value that the page allows is accepted. */
export async function accepts(service: TestService, product: ProductName, one: Condition): Promise<void> {
  if (one.accepted === undefined) return;
  const answer = await call(service, product, one, { ...one.base, ...one.accepted });
  expect(codeOf(answer), answer.message).toBe(undefined);
}

/** Some products refuse with HTTP 200. */
function codeOf({ code, body }: Outcome): string | undefined {
  if (code !== undefined) return code;
  return body?.Success === false ? String(body.Code) : undefined;
}
