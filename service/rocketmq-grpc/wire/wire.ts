import type { MethodDefinition } from "@grpc/grpc-js";
import protobuf from "protobufjs/light.js";
import definitions from "./generated/definitions.json" with { type: "json" };

/** A message as it is written: what is left out is not sent. */
export type Draft<T> = T extends Uint8Array | string | number | boolean
  ? T
  : T extends readonly (infer E)[]
    ? readonly Draft<E>[]
    : { readonly [K in keyof T]?: Draft<NonNullable<T[K]>> | null | undefined };

/** How to read and write the messages of each call, by the call's published name. */
type ServiceMethods = Readonly<Record<string, MethodDefinition<object, object>>>;

/** Builds what reads and writes from the published definitions; some milliseconds. */
export function serviceMethods(): ServiceMethods {
  const service = findService(
    protobuf.Root.fromJSON(definitions as object as protobuf.INamespace).resolveAll(),
  );
  // A full name starts with a dot.
  const path = service.fullName.slice(1);
  return Object.fromEntries(
    service.methodsArray.map((method): [string, MethodDefinition<object, object>] => {
      method.resolve();
      const { name, resolvedRequestType: request, resolvedResponseType: response } = method;
      if (!request || !response) throw new Error(`${path}/${name} has no types`);
      const methodPath = `/${path}/${name}`;
      return [
        name,
        {
          path: methodPath,
          requestStream: method.requestStream === true,
          responseStream: method.responseStream === true,
          requestSerialize: (value) => writer(request)(value),
          requestDeserialize: (bytes) => request.decode(bytes),
          responseSerialize: (value) => writer(response)(value),
          responseDeserialize: (bytes) => response.decode(bytes),
        },
      ];
    }),
  );
}

function writer(type: protobuf.Type): (value: object) => Buffer {
  return (value) => {
    const bytes = type.encode(value).finish();
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
}

/** There is one. */
function findService(parent: protobuf.NamespaceBase): protobuf.Service {
  for (const one of parent.nestedArray) {
    if (one instanceof protobuf.Service) return one;
    if (one instanceof protobuf.Namespace && !(one instanceof protobuf.Type)) return findService(one);
  }
  throw new Error("the definitions hold no service");
}
