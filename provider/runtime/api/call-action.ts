import type { Action, AnswerFieldsOf, RequestOf, Route } from "../../../contract/action.ts";
import type { ProductName } from "../../../contract/products.ts";
import type { ApiClient } from "./client.ts";
import type { ApiRequest } from "./request.ts";
import type { Repeat } from "./retry.ts";

/** Where the calls of one API object go, and what each of them carries. */
export interface CallPlace {
  readonly region: string;
  /** Parameters that every call carries unless it says otherwise, such as the region's. */
  readonly common?: Readonly<Record<string, unknown>>;
  /** Makes every call one short try, for check. */
  readonly look?: boolean;
}

/** Calls published actions by their definitions: what is sent and what comes back is typed by them. */
export type CallAction = <A extends Action>(
  action: A & { readonly product: ProductName },
  request: RequestOf<A>,
  repeat: Repeat,
) => Promise<AnswerFieldsOf<A>>;

/** Throws what `ApiClient.call` throws. */
export function actionCaller(client: ApiClient, { region, common, look = false }: CallPlace): CallAction {
  return (action, request, repeat) => {
    const given = { ...common, ...(request as Readonly<Record<string, unknown>>) };
    const parts = action.route === undefined ? { parameters: given } : routed(action.route, given);
    const call = { product: action.product, region, action: action.name, ...parts };
    return client.call(call, { repeat, look }) as Promise<never>;
  };
}

const BODY_METHODS: readonly string[] = ["POST", "PUT", "PATCH"] satisfies readonly Route["method"][];

/** Fills the parameters into the path; what is left goes into the body, or into the query where there is none. */
function routed(
  { method, path }: Route,
  given: Readonly<Record<string, unknown>>,
): Pick<ApiRequest, "route" | "parameters" | "body"> {
  const rest = { ...given };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  const route = { method, path: filled };
  if (Object.keys(rest).length === 0) return { route };
  return BODY_METHODS.includes(method) ? { route, body: rest } : { route, parameters: rest };
}
