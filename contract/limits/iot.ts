import type { z } from "zod";
import type { Refusal } from "../validation/refusal.ts";
import { shown } from "./message.ts";
import { boundedText, oneOf, refuse, stringOf } from "./text.ts";
import { isWide, namedCharacter, widthOf } from "./width.ts";

/** IOT-1: narrowest and widest name; see `widthOf`. */
const IOT_NAME_WIDTH = { min: 4, max: 30 } as const;

/** IOT-4: id, and here also the name, of the group that every instance has and that nobody changes or deletes. */
export const DEFAULT_GROUP_ID = "DEFAULT_GROUP";

/** Actions that one data forwarding rule can have, as published. */
export const RULE_ACTIONS_MAX = 10;

/** IOT-1 and IOT-2. */
export const iotGroupName = thingName("IOT-1", "IOT-2");

/** Name of a product: the same limits as a group's, which no rule id names. */
export const iotProductName = thingName();

/** Name of a data forwarding rule: 1 to 30 letters (Chinese and Japanese too), digits, - and _. */
export const iotRuleName = boundedText(1, 30).superRefine((value, ctx) => refuseCharacters(ctx, value, "-"));

/** How a device reaches its gateway, and how closely its data is checked. */
export const iotProtocol = oneOf(["modbus", "opc-ua", "customize", "ble", "zigbee"]);
export const VALIDATE_TYPES = { min: 1, max: 2, default: 1 } as const;

/** How devices of a product reach the network: given as a word, read back as a number. */
export const NET_TYPES = { WIFI: 3, CELLULAR: 6, ETHERNET: 7, OTHER: 8 } as const;
export type NetType = keyof typeof NET_TYPES;
export const NET_TYPE_NAMES = Object.keys(NET_TYPES) as [NetType, ...NetType[]];

/** What a rule on binary data cannot do: see topics of kind 0, and write to a table store. */
export const BINARY_REFUSES = { topicType: 0, actionType: "OTS" } as const;

/** Descriptions of products and rules. */
export const iotDescription = boundedText(1, 100);

/**
 * Why the default group is left alone; undefined for any other id or name (IOT-4). To be put behind the
 * name of the field.
 */
export function defaultGroupRefusal(idOrName: string): Refusal | undefined {
  if (idOrName !== DEFAULT_GROUP_ID) return undefined;
  return {
    text: `must not be the default group ${DEFAULT_GROUP_ID}, which cannot be changed`,
    rule: "IOT-4",
  };
}

function thingName(widthRule?: string, characterRule?: string): z.ZodString {
  const { min, max } = IOT_NAME_WIDTH;
  return stringOf("a string", widthRule).superRefine((value, ctx) => {
    const width = widthOf(value);
    if (width < min || width > max) {
      const counting = "a Chinese or Japanese character counting 2";
      refuse(ctx, `must be ${min} to ${max} wide, ${counting}; ${shown(value)} is ${width} wide`, widthRule);
    }
    refuseCharacters(ctx, value, "", characterRule);
  });
}

function refuseCharacters(ctx: z.RefinementCtx, value: string, further: string, rule?: string): void {
  const wrong = [...value].find(
    (one) => !(/^[A-Za-z0-9_]$/.test(one) || isWide(one) || (further !== "" && further.includes(one))),
  );
  if (wrong === undefined) return;
  const allowed = ["Chinese", "Japanese", "English letters", "digits", ...further, "_"].join(", ");
  refuse(ctx, `must contain only ${allowed}; ${namedCharacter(wrong)} is none of these`, rule);
}

/** One kind of message that a subscription can ask for. */
export interface MessageType {
  /** Parameter and field of the subscription calls. */
  readonly flag: string;
  readonly title: string;
  /** Takes effect in AMQP subscriptions only. */
  readonly amqpOnly?: true;
  /** Takes effect for gateway products only. */
  readonly gatewayOnly?: true;
}

/** What a subscription can forward, by the name it has in programs. */
export const MESSAGE_TYPES = {
  deviceData: { flag: "DeviceDataFlag", title: "messages that devices send" },
  deviceLifeCycle: { flag: "DeviceLifeCycleFlag", title: "life cycle of devices" },
  deviceStatus: { flag: "DeviceStatusChangeFlag", title: "devices going online and offline" },
  deviceTag: { flag: "DeviceTagFlag", title: "changes of device tags", amqpOnly: true },
  deviceTopology: { flag: "DeviceTopoLifeCycleFlag", title: "topology of sub-devices", gatewayOnly: true },
  foundDevices: { flag: "FoundDeviceListFlag", title: "sub-devices that a gateway finds", gatewayOnly: true },
  otaEvent: { flag: "OtaEventFlag", title: "status of an update on a device" },
  otaJob: { flag: "OtaJobFlag", title: "status of an update batch", amqpOnly: true },
  otaVersion: { flag: "OtaVersionFlag", title: "version numbers of modules", amqpOnly: true },
  thingHistory: { flag: "ThingHistoryFlag", title: "historical data of devices" },
} as const satisfies Record<string, MessageType>;

export type MessageTypeName = keyof typeof MESSAGE_TYPES;
export const MESSAGE_TYPE_NAMES = Object.keys(MESSAGE_TYPES) as [MessageTypeName, ...MessageTypeName[]];
/** Published name of a flag. */
export type MessageFlag = (typeof MESSAGE_TYPES)[MessageTypeName]["flag"];
