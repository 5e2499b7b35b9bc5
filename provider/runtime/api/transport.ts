import { PRODUCTS, type ProductName } from "../../../contract/products.ts";
import { secretsIn } from "../../../contract/secrets/index.ts";
import type { Endpoint, Settings } from "../settings.ts";
import { loadCredential } from "./credentials.ts";
import { failureInBody, toApiError } from "./errors.ts";

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

/** Sends one call and returns the answer's fields. Throws ApiError and nothing else. Never repeats. */
export interface Transport {
  send(request: ApiRequest): Promise<Record<string, unknown>>;
}

type OpenApi = typeof import("@alicloud/openapi-client");
type OpenApiClient = InstanceType<OpenApi["default"]>;

/**
 * The official client, loaded with the first call and kept per product and endpoint. Parameters go in the
 * form body, not in the address, so that a password is in nobody's access log.
 */
export function openApiTransport(settings: Settings): Transport {
  const clients = new Map<string, Promise<OpenApiClient>>();
  const clientFor = (product: ProductName, region: string, endpoint: Endpoint) => {
    const key = `${product} ${region} ${endpoint.address}`;
    const known = clients.get(key);
    if (known !== undefined) return known;
    const made = makeClient(settings, endpoint, region);
    clients.set(key, made);
    made.catch(() => clients.delete(key));
    return made;
  };
  return {
    send: async (request) => {
      const endpoint = settings.endpointOf(request.product, request.region);
      try {
        const client = await clientFor(request.product, request.region, endpoint);
        const body = await callOnce(client, request);
        const failure = failureInBody(request.action, body);
        if (failure !== undefined) throw failure;
        return body;
      } catch (error) {
        throw toApiError(request.action, endpoint.address, error).without(secretsOf(request));
      }
    },
  };
}

/** Products repeat in their messages what they were given. */
function secretsOf({ parameters, body }: ApiRequest): string[] {
  return secretsIn([parameters, body]);
}

async function makeClient(settings: Settings, endpoint: Endpoint, region: string): Promise<OpenApiClient> {
  const openApi = await loadOpenApi();
  const config = new openApi.Config({
    endpoint: endpoint.host,
    protocol: endpoint.protocol,
    regionId: region,
  });
  config.credential = await loadCredential(settings, endpoint);
  return new openApi.default(config);
}

async function callOnce(client: OpenApiClient, request: ApiRequest): Promise<Record<string, unknown>> {
  const openApi = await loadOpenApi();
  const { RuntimeOptions } = await import("@alicloud/tea-util");
  const product = PRODUCTS[request.product];
  const isRoa = product.style === "ROA";
  const params = new openApi.Params({
    action: request.action,
    version: product.version,
    protocol: "HTTPS",
    pathname: request.route?.path ?? "/",
    method: request.route?.method ?? "POST",
    authType: "AK",
    style: product.style,
    reqBodyType: isRoa ? "json" : "formData",
    bodyType: "json",
  });
  const content = isRoa
    ? {
        query: texts(request.parameters ?? {}),
        ...(request.body === undefined ? {} : { body: request.body }),
      }
    : { body: withoutUndefined(request.parameters ?? {}) };
  const runtime = new RuntimeOptions({
    autoretry: false,
    readTimeout: request.timeoutMs,
    connectTimeout: request.timeoutMs,
  });
  const answer = (await client.callApi(params, new openApi.OpenApiRequest(content), runtime)) as {
    body?: Record<string, unknown>;
  };
  return answer.body ?? {};
}

/** The package is CommonJS: bundled it arrives as it is, under an ES module loader one level deeper. */
async function loadOpenApi(): Promise<OpenApi> {
  const loaded = (await import("@alicloud/openapi-client")) as OpenApi & { default: unknown };
  return typeof loaded.default === "function" ? loaded : (loaded.default as OpenApi);
}

function texts(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(withoutUndefined(values)).map(([key, value]) => [key, String(value)]),
  );
}

function withoutUndefined(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
