import type { UnservedAction } from "../../../contract/action.ts";
import { PRODUCTS, type Product } from "../../../contract/products.ts";
import type { Migration } from "../store/store.ts";
import type { Envelope, ServedAction } from "./action.ts";
import type { Kernel } from "./kernel.ts";

/** A product room: the only export of its `index.ts`. */
export interface ProductRoom {
  /** Short name, used in logs, fault rules, the table prefix and `/_service/status`. */
  readonly name: string;
  /** What people call the product, where the contract does not name it. */
  readonly title?: string;
  /** The published version that routes to this room, e.g. `2020-01-01`. */
  readonly version: string;
  readonly style: "RPC" | "ROA";
  /** First label of the published host, e.g. `dts` in `dts.cn-hangzhou.aliyuncs.com`. */
  readonly host: string;
  readonly envelope: Envelope;
  readonly actions: readonly ServedAction[];
  /** Published actions that are not served. */
  readonly notServed?: readonly UnservedAction[];
  /** Own tables, all named `<room>_...`; reset, snapshot and restore cover them by that prefix. */
  readonly migrations: readonly Migration[];
  /**
   * Called once after migrations and again after reset or restore: offers ports, resumes what a crash
   * interrupted. The returned function stops timers and connections.
   */
  open?(kernel: Kernel): { close(): void | Promise<void> };
  /**
   * Called before the room's tables are emptied by a reset or exchanged by a restore; what it gives is run in the same
   * transaction behind that. For what lies outside the tables: files, and things in other systems.
   */
  leave?(kernel: Kernel): () => void;
  /** What belongs to the room and is not in a snapshot, one line each. */
  leftOut?(kernel: Kernel): readonly string[];
  /**
   * Applies this room's part of a seed file; throws with the path of what is wrong. Leaves alone what exists: a
   * start that was interrupted seeds again.
   */
  seed?(kernel: Kernel, part: unknown): Promise<void> | void;
  /**
   * What only a local service has, by name: `POST /_service/rooms/<room>/<name>` hands over the JSON body and
   * answers with the result. Throw a ServiceError to refuse.
   */
  readonly controls?: Readonly<Record<string, (kernel: Kernel, body: unknown) => object | Promise<object>>>;
  /** Figures for `/_service/status`, plain JSON without secrets. */
  status?(kernel: Kernel): object;
}

/** What people call the product of a room: its published name, else what the room says, else the room's own name. */
export function productTitle({ name, title }: Pick<ProductRoom, "name" | "title">): string {
  const known: Readonly<Record<string, Product>> = PRODUCTS;
  return (Object.hasOwn(known, name) ? known[name]?.title : title) ?? name;
}
