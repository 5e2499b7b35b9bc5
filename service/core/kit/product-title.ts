import { PRODUCTS, type Product } from "../../../contract/products.ts";
import type { ProductRoom } from "./product-room.ts";

/** What people call the product of a room: its published name, else what the room says, else the room's own name. */
export function productTitle({ name, title }: Pick<ProductRoom, "name" | "title">): string {
  const known: Readonly<Record<string, Product>> = PRODUCTS;
  return (Object.hasOwn(known, name) ? known[name]?.title : title) ?? name;
}
