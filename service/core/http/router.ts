import { once } from "../../../contract/once.ts";
import type { ServedAction } from "../kit/action.ts";
import type { ProductRoom } from "../kit/product-room.ts";
import { type CompiledRequest, compileRequest } from "./decode-parameters.ts";

/** One action, ready to be called. */
export interface RoutedAction {
  readonly room: ProductRoom;
  readonly definition: ServedAction;
  /** Built at the first call: nobody calls all the actions, and to build them all is most of a start. */
  readonly request: () => CompiledRequest;
}

interface RouteMatch {
  readonly action: RoutedAction;
  readonly pathParams: Readonly<Record<string, string>>;
}

/** Finds rooms by version, RPC actions by name, ROA actions by method and path. Never looks at the host. */
export interface Router {
  room(version: string): ProductRoom | undefined;
  rpc(version: string, action: string): RoutedAction | undefined;
  /** `rawPath` as sent; segments are decoded here. Undefined when nothing matches. */
  roa(version: string, method: string, rawPath: string): RouteMatch | undefined;
}

interface PathNode {
  readonly fixed: Map<string, PathNode>;
  variable: { readonly name: string; readonly node: PathNode } | undefined;
  readonly byMethod: Map<string, RoutedAction>;
}

interface Version {
  readonly room: ProductRoom;
  readonly byName: Map<string, RoutedAction>;
  readonly paths: PathNode;
}

/** Throws on two rooms with one name or version, two actions with one name, or two routes that match the same. */
export function buildRouter(rooms: readonly ProductRoom[]): Router {
  const versions = new Map<string, Version>();
  const names = new Set<string>();
  for (const room of rooms) {
    if (!/^[a-z][a-z0-9]*$/.test(room.name))
      throw new Error(`room name ${room.name} must be lower-case letters and digits`);
    if (names.has(room.name)) throw new Error(`two rooms are named ${room.name}`);
    if (versions.has(room.version)) throw new Error(`two rooms answer version ${room.version}`);
    names.add(room.name);
    versions.set(room.version, buildVersion(room));
  }
  return {
    room: (version) => versions.get(version)?.room,
    rpc: (version, action) => versions.get(version)?.byName.get(action),
    roa(version, method, rawPath) {
      const found = versions.get(version);
      return found && matchPath(found.paths, method, rawPath);
    },
  };
}

function buildVersion(room: ProductRoom): Version {
  const version: Version = { room, byName: new Map(), paths: pathNode() };
  for (const definition of room.actions) {
    if (version.byName.has(definition.name)) {
      throw new Error(`room ${room.name} has two actions named ${definition.name}`);
    }
    const action = { room, definition, request: once(() => compileRequest(definition.request())) };
    version.byName.set(definition.name, action);
    if (room.style === "ROA") addPath(version.paths, action);
  }
  return version;
}

function pathNode(): PathNode {
  return { fixed: new Map(), variable: undefined, byMethod: new Map() };
}

function addPath(root: PathNode, action: RoutedAction): void {
  const { route, name } = action.definition;
  if (!route) throw new Error(`ROA action ${name} of room ${action.room.name} has no route`);
  let node = root;
  for (const segment of route.path.split("/").slice(1)) {
    const variable = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (variable === undefined) {
      const next: PathNode = node.fixed.get(segment) ?? pathNode();
      node.fixed.set(segment, next);
      node = next;
      continue;
    }
    node.variable ??= { name: variable, node: pathNode() };
    if (node.variable.name !== variable) {
      throw new Error(
        `${route.path} names a path parameter ${variable} that another route names ${node.variable.name}`,
      );
    }
    node = node.variable.node;
  }
  const method = route.method.toUpperCase();
  if (node.byMethod.has(method)) throw new Error(`two actions answer ${method} ${route.path}`);
  node.byMethod.set(method, action);
}

/** A fixed segment wins over a variable one; no published path needs more. */
function matchPath(root: PathNode, method: string, rawPath: string): RouteMatch | undefined {
  const pathParams: Record<string, string> = {};
  let node = root;
  for (const raw of rawPath.split("/").slice(1)) {
    const fixed = node.fixed.get(raw);
    if (fixed) {
      node = fixed;
      continue;
    }
    const value = node.variable && raw !== "" ? decodeSegment(raw) : undefined;
    if (!node.variable || value === undefined) return undefined;
    pathParams[node.variable.name] = value;
    node = node.variable.node;
  }
  const action = node.byMethod.get(method);
  return action && { action, pathParams };
}

function decodeSegment(raw: string): string | undefined {
  try {
    return raw.includes("%") ? decodeURIComponent(raw) : raw;
  } catch {
    return undefined;
  }
}
