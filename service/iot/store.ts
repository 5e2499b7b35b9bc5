import { roomStore } from "../core/kit/room-store.ts";
import { document, documents } from "../core/store/documents.ts";
import type { Store } from "../core/store/store.ts";
import type {
  Group,
  Instance,
  ListedPlaces,
  Place,
  Product,
  Subscription,
  SubscriptionType,
} from "./entities.ts";
import { ruleTables } from "./store-rules.ts";

/** All that this room reads and writes. Callers open the transaction where several steps belong together. */
export const iotStore = roomStore(tablesOf);

function tablesOf(store: Store) {
  return {
    ...instanceTable(store),
    ...productTable(store),
    ...groupTable(store),
    ...subscriptionTables(store),
    ...ruleTables(store),
  };
}

function instanceTable(store: Store) {
  const columns = "instance_id AS instanceId, region, created_at_ms AS createdAtMs";
  return {
    instance: (instanceId: string): Instance | undefined =>
      store.get<Instance>(`SELECT ${columns} FROM iot_instances WHERE instance_id = ?`, instanceId),
    instances: (): Instance[] =>
      store.all<Instance>(`SELECT ${columns} FROM iot_instances ORDER BY instance_id`),
    /** Leaves one that is there as it is. */
    keepInstance(one: Instance): void {
      store.run(
        "INSERT INTO iot_instances (instance_id, region, created_at_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        one.instanceId,
        one.region,
        one.createdAtMs,
      );
    },
  };
}

function productTable(store: Store) {
  return {
    insertProduct(product: Product): void {
      store.run(
        "INSERT INTO iot_products (product_key, instance_id, region, name, created_at_ms, document) VALUES (?, ?, ?, ?, ?, ?)",
        product.productKey,
        product.instanceId,
        product.region,
        product.name,
        product.createdAtMs,
        JSON.stringify(product),
      );
    },
    updateProduct(product: Product): void {
      store.run(
        "UPDATE iot_products SET name = ?, document = ? WHERE product_key = ?",
        product.name,
        JSON.stringify(product),
        product.productKey,
      );
    },
    product: (productKey: string): Product | undefined =>
      document(store, "SELECT document FROM iot_products WHERE product_key = ?", productKey),
    productNamed: ({ instanceId, region }: Place, name: string): Product | undefined =>
      document(
        store,
        "SELECT document FROM iot_products WHERE instance_id = ? AND region = ? AND name = ?",
        instanceId,
        region,
        name,
      ),
    /** Newest first, as the list is published. */
    products: ({ instanceId, region }: ListedPlaces): Product[] =>
      documents(
        store,
        "SELECT document FROM iot_products WHERE instance_id = ? AND region = coalesce(?, region) ORDER BY created_at_ms DESC, rowid DESC",
        instanceId,
        region ?? null,
      ),
    /** Takes the product with its subscriptions. */
    deleteProduct(productKey: string): void {
      store.transaction(() => {
        store.run("DELETE FROM iot_subscription_groups WHERE product_key = ?", productKey);
        store.run("DELETE FROM iot_subscriptions WHERE product_key = ?", productKey);
        store.run("DELETE FROM iot_products WHERE product_key = ?", productKey);
      });
    },
  };
}

function groupTable(store: Store) {
  const columns =
    "group_id AS groupId, instance_id AS instanceId, region, name, created_at_ms AS createdAtMs";
  return {
    insertGroup(group: Group): void {
      store.run(
        "INSERT INTO iot_groups (group_id, instance_id, region, name, created_at_ms) VALUES (?, ?, ?, ?, ?)",
        group.groupId,
        group.instanceId,
        group.region,
        group.name,
        group.createdAtMs,
      );
    },
    renameGroup: (groupId: string, name: string): void =>
      void store.run("UPDATE iot_groups SET name = ? WHERE group_id = ?", name, groupId),
    group: (groupId: string): Group | undefined =>
      store.get<Group>(`SELECT ${columns} FROM iot_groups WHERE group_id = ?`, groupId),
    groupNamed: ({ instanceId, region }: Place, name: string): Group | undefined =>
      store.get<Group>(
        `SELECT ${columns} FROM iot_groups WHERE instance_id = ? AND region = ? AND name = ?`,
        instanceId,
        region,
        name,
      ),
    /** Oldest first. */
    groups: ({ instanceId, region }: ListedPlaces): Group[] =>
      store.all<Group>(
        `SELECT ${columns} FROM iot_groups WHERE instance_id = ? AND region = coalesce(?, region) ORDER BY created_at_ms, rowid`,
        instanceId,
        region ?? null,
      ),
    allGroups: (max: number): Group[] =>
      store.all<Group>(`SELECT ${columns} FROM iot_groups ORDER BY created_at_ms, rowid LIMIT ?`, max),
    deleteGroup: (groupId: string): void =>
      void store.run("DELETE FROM iot_groups WHERE group_id = ?", groupId),
    countOf(table: "products" | "groups" | "subscriptions" | "rules"): number {
      return store.get<{ n: number }>(`SELECT count(*) AS n FROM iot_${table}`)?.n ?? 0;
    },
  };
}

function subscriptionTables(store: Store) {
  const groupIds = (productKey: string): string[] =>
    store
      .all<{ id: string }>(
        "SELECT group_id AS id FROM iot_subscription_groups WHERE product_key = ? ORDER BY position",
        productKey,
      )
      .map((row) => row.id);
  return {
    subscription(productKey: string, type: SubscriptionType): Subscription | undefined {
      const sql = "SELECT document FROM iot_subscriptions WHERE product_key = ? AND type = ?";
      const kept = document<Omit<Subscription, "groupIds">>(store, sql, productKey, type);
      return kept && { ...kept, groupIds: type === "AMQP" ? groupIds(productKey) : [] };
    },
    /** Makes or replaces it, groups included. */
    putSubscription(subscription: Subscription): void {
      const { productKey, type, groupIds: ids, ...rest } = subscription;
      store.transaction(() => {
        store.run(
          "INSERT INTO iot_subscriptions (product_key, type, document) VALUES (?, ?, ?) ON CONFLICT (product_key, type) DO UPDATE SET document = excluded.document",
          productKey,
          type,
          JSON.stringify({ productKey, type, ...rest }),
        );
        if (type !== "AMQP") return;
        store.run("DELETE FROM iot_subscription_groups WHERE product_key = ?", productKey);
        for (const [position, groupId] of ids.entries()) {
          store.run(
            "INSERT INTO iot_subscription_groups (product_key, group_id, position) VALUES (?, ?, ?)",
            productKey,
            groupId,
            position,
          );
        }
      });
    },
    deleteSubscription(productKey: string, type: SubscriptionType): void {
      store.transaction(() => {
        store.run("DELETE FROM iot_subscriptions WHERE product_key = ? AND type = ?", productKey, type);
        if (type === "AMQP")
          store.run("DELETE FROM iot_subscription_groups WHERE product_key = ?", productKey);
      });
    },
    /** The products whose messages the group gets, by name. */
    subscribedProducts: (groupId: string): { productKey: string; name: string }[] =>
      store.all<{ productKey: string; name: string }>(
        "SELECT p.product_key AS productKey, p.name AS name FROM iot_subscription_groups s JOIN iot_products p ON p.product_key = s.product_key WHERE s.group_id = ? ORDER BY p.name, p.product_key",
        groupId,
      ),
  };
}
