import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PRODUCTS } from "../../../../contract/products.ts";
import { rooms } from "../../../../service/products.ts";
import { startService, type TestService } from "../../../support/service.ts";
import { clients } from "../support/clients.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const client = clients["openapi-core V3"];
const target = () => ({ endpoint: service.endpoint, ...service.key });

const inNoRoom = rooms.flatMap(({ name: room, version, notServed = [] }) =>
  notServed.map((action) => ({ room, version, ...action })),
);

describe("a published action that is not served", () => {
  it.each(inNoRoom)(
    "$room $name is told apart from an invented one, with the list's address",
    async (one) => {
      const { route, version, name } = one;
      const path = route?.path.replaceAll(/\{\w+\}/g, "x") ?? "/";
      const outcome = route
        ? await client?.roa(target(), { version, method: route.method, path })
        : await client?.rpc(target(), { version, action: name });
      expect(outcome).toMatchObject({ code: "InvalidAction.NotServed" });
      expect(outcome?.message).toContain(`${name} is published`);
      expect(outcome?.message).toContain("/_service/actions");
    },
  );

  it("is not what a name is that nobody published", async () => {
    const { version } = PRODUCTS.dts;
    const rpc = await client?.rpc(target(), { version, action: "DescribeNothingAtAll" });
    expect(rpc).toMatchObject({ code: "InvalidAction.NotFound" });
    const path = "/instances/x/nothing";
    const roa = await client?.roa(target(), { version: PRODUCTS.rocketmq.version, method: "GET", path });
    expect(roa).toMatchObject({ code: "InvalidApi.NotFound" });
  });
});

it("the list names what is served, in which part, and what is not", async () => {
  const { products } = (await service.admin("GET", "actions")) as {
    products: Record<string, { served: { name: string; partial?: string }[]; notServed: string[] }>;
  };
  for (const { name, room } of inNoRoom) expect(products[room]?.notServed).toContain(name);
  const purchase = products.dts?.served.find(({ name }) => name === "CreateDtsInstance");
  expect(purchase?.partial).toContain("Type=SUBSCRIBE");
  const lists = rooms.map(({ actions, notServed = [] }) =>
    [...actions, ...notServed].map(({ name }) => name),
  );
  expect(lists.map((list) => new Set(list).size)).toEqual(lists.map((list) => list.length));
});
