import { ONS_ERRORS } from "../../../../../contract/errors/index.ts";
import { hasCode } from "../../../api/errors.ts";
import { OnsApi } from "../../../api/ons.ts";
import type { Session } from "../../../host/session.ts";
import { usableAddresses } from "../../../observe/address.ts";
import type { GroupInputs } from "./inputs.ts";
import type { Series } from "./series.ts";

/** ApsaraMQ for RocketMQ 4.x, whose groups are a name, a protocol and a remark. */
export const series4: Series = {
  async find(session, inputs) {
    try {
      const listed = await apiOf(session, inputs).groups(inputs.name);
      const record = listed.find((one) => one.GroupId === inputs.name);
      if (record === undefined) return undefined;
      const type = record.GroupType || "tcp";
      const remark = record.Remark || undefined;
      const drift = {
        ...(type === (inputs.groupType ?? "tcp") ? {} : { groupType: type }),
        ...(remark === inputs.remark ? {} : { remark }),
      };
      return { state: "RUNNING", drift };
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  },

  async create(session, inputs) {
    await apiOf(session, inputs).createGroup({
      GroupId: inputs.name,
      GroupType: inputs.groupType,
      Remark: inputs.remark,
    });
  },

  update: undefined,

  async delete(session, inputs) {
    try {
      await apiOf(session, inputs).deleteGroup(inputs.name);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  },

  async activity(session, inputs) {
    const api = apiOf(session, inputs);
    const status = await api.status(inputs.name);
    const connections = status.ConnectionSet?.ConnectionDo ?? [];
    const named = connections.map(({ ClientId, ClientAddr }) =>
      clientNamed(ClientAddr ? `${ClientId} (${ClientAddr})` : `${ClientId}`),
    );
    const topics = await api.subscriptions(inputs.name);
    return {
      clients: named.length === 0 && status.Online === true ? [clientNamed("of an unknown id")] : named,
      topics: topics.flatMap(({ Topic }) => Topic ?? []),
      unconsumed: status.TotalDiff ?? 0,
      differing: [],
    };
  },

  async connection(session, inputs) {
    const info = await apiOf(session, inputs).instanceInfo();
    const endpoints = NETWORKS.map(([field, network]) => [network, info?.Endpoints?.[field]] as const);
    return {
      protocol: inputs.groupType === "http" ? "HTTP" : "RocketMQ 4 remoting",
      endpoints: usableAddresses(endpoints),
      userName: "<access key id>",
    };
  },

  isTaken: (error) => hasCode(error, ONS_ERRORS.GroupExisted.code),
};

/** Order and retries are the client's on 4.x anyway, so it is not asked what SDK it uses. */
const clientNamed = (name: string) => ({ name, language: "", version: "" });

/** What the published endpoints are. */
const NETWORKS = [
  ["TcpEndpoint", "vpc"],
  ["TcpInternetEndpoint", "public"],
  ["HttpInternalEndpoint", "httpInternal"],
  ["HttpInternetEndpoint", "httpPublic"],
  ["HttpInternetSecureEndpoint", "httpsPublic"],
] as const;

function apiOf(session: Session, { region, instance }: GroupInputs): OnsApi {
  return new OnsApi(session.api, region, instance);
}

function isGone(error: unknown): boolean {
  return hasCode(error, ONS_ERRORS.NotOwner.code, ONS_ERRORS.InstanceNotFound.code);
}
