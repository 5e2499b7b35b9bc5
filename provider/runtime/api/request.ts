import type { ProductName } from "../../../contract/products.ts";

/** One call of a published API, whatever its style. */
export interface ApiRequest {
  readonly product: ProductName;
  readonly region: string;
  readonly action: string;
  /** RPC: all parameters, structured ones included. ROA: the query. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** ROA only. */
  readonly route?: { readonly method: string; readonly path: string };
  /** ROA only: the JSON body. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly timeoutMs: number;
}
