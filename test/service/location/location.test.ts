import { afterAll, beforeAll, expect, it } from "vitest";
import { describeEndpoints } from "../../../contract/location/endpoints.ts";
import { locationRoom } from "../../../service/location/index.ts";
import { misfits } from "../../support/misfits.ts";
import { startService, type TestService } from "../../support/service.ts";
import { clients } from "../core/support/clients.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService({ rooms: [locationRoom] });
});
afterAll(() => service.stop());

it.each(Object.entries(clients))(
  "%s is sent to the address that it called, whatever the product",
  async (_, client) => {
    const target = { endpoint: service.endpoint, ...service.key };
    const query = { Id: "cn-shanghai", ServiceCode: "rmq" };
    const { name: action, answer } = describeEndpoints;
    const { body } = await client.rpc(target, { version: locationRoom.version, action, query });
    expect(misfits(body, answer)).toEqual([]);
    expect(body).toMatchObject({
      Success: true,
      Endpoints: { Endpoint: [{ Endpoint: service.endpoint, Id: "cn-shanghai", SerivceCode: "rmq" }] },
    });
  },
);
