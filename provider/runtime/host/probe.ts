import { regionId } from "../../../contract/limits/dts.ts";
import { sentence } from "../../../contract/limits/message.ts";
import type { ProductName } from "../../../contract/products.ts";
import { ApiError, type ConnectionProblem } from "../api/errors.ts";
import type { ApiRequest } from "../api/request.ts";
import type { Properties } from "../resource.ts";
import { ProviderError } from "./errors.ts";
import { areKeysRefused } from "./keys.ts";
import type { Session } from "./session.ts";

/** A lost answer is no verdict yet. */
const ATTEMPTS_MAX = 2;

const NOBODY_THERE: readonly ConnectionProblem[] = ["Unreachable", "HostNotFound", "NoAnswer"];

type Question = Omit<ApiRequest, "product" | "region" | "timeoutMs">;

/** A short read of each product, which nothing else here calls: keys are judged before anything else of a call is. */
const QUESTIONS: Readonly<Record<ProductName, (region: string) => Question>> = {
  dts: (RegionId) => ({ action: "DescribeSubscriptionInstances", parameters: { RegionId, PageSize: 30 } }),
  eventbridge: () => ({
    action: "ListTagResources",
    parameters: { ResourceType: "EventStreaming", Tag: [{ Key: "-" }] },
  }),
  cms: (RegionId) => ({ action: "DescribeProjectMeta", parameters: { RegionId, PageSize: 1 } }),
  iot: (RegionId) => ({ action: "QueryProductList", parameters: { RegionId, CurrentPage: 1, PageSize: 1 } }),
  ons: () => ({ action: "OnsRegionList" }),
  rocketmq: () => ({
    action: "ListInstances",
    parameters: { pageNumber: 1, pageSize: 1 },
    route: { method: "GET", path: "/instances" },
  }),
};

/** The product whose service a resource needs. */
export function productOf(kind: string, { platform, version }: Properties): ProductName {
  if (kind === "AlertRule") return "cms";
  if (kind === "InflowTask") return "eventbridge";
  if (platform === "iot") return "iot";
  if (platform !== "rocketmq") return "dts";
  return version === "4.x" ? "ons" : "rocketmq";
}

/**
 * Whether a product's service is there and takes the keys, asked once in a run and address: undefined, or what is
 * wrong and what to do. That a call is not allowed, or that the product fails inside, is no answer to this.
 */
export async function wayProblem(
  session: Session,
  product: ProductName,
  region: unknown,
): Promise<string | undefined> {
  const place = regionId.safeParse(region).data ?? session.settings.region;
  const { address } = session.settings.endpointOf(product, place);
  return session.memory.once(`way ${address}`, () => ask(session, product, place, address));
}

async function ask(
  session: Session,
  product: ProductName,
  region: string,
  address: string,
): Promise<string | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const request = { product, region, ...QUESTIONS[product](region) };
      const answer = await session.api.call<{ RequestId: string; requestId: string }>(request, {
        repeat: "repeatable",
        look: true,
      });
      const isService = (answer.RequestId ?? answer.requestId) !== undefined;
      return isService ? undefined : notTheService(address);
    } catch (error) {
      const isPassing = error instanceof ApiError && error.kind === "lost";
      if (!isPassing || attempt >= ATTEMPTS_MAX) return verdictOf(error, address);
    }
  }
}

function verdictOf(error: unknown, address: string): string | undefined {
  if (error instanceof ProviderError) return error.message;
  if (!(error instanceof ApiError)) throw error;
  if (areKeysRefused(error.code))
    return `${address} refuses the keys: ${error.code}: ${error.detail} [KeysRefused]`;
  if (error.problem !== undefined) return withCode(`${error.detail} (${error.code})`, error.problem);
  if (error.kind === "lost") return withCode(`${error.detail} (${error.code})`, "NoAnswer");
  return error.requestId === undefined ? notTheService(address) : undefined;
}

/** Whether it may pass by itself: who is to answer may not have been started yet. */
export function isNobodyThere(problem: string): boolean {
  return NOBODY_THERE.some((code) => problem.endsWith(`[${code}]`));
}

function notTheService(address: string): string {
  return withCode(
    `What answers at ${address} is not the service: its answer has no request id`,
    "NotTheService",
  );
}

function withCode(text: string, code: ConnectionProblem): string {
  return `${sentence(text)} [${code}]`;
}
