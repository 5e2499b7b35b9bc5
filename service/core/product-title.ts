import { PRODUCTS, type Product } from "../../contract/products.ts";

/** What people call the product of a room; a room without a published name is called by its own. */
export function productTitle(room: string): string {
  const known: Readonly<Record<string, Product>> = PRODUCTS;
  return Object.hasOwn(known, room) ? (known[room]?.title ?? room) : room;
}
