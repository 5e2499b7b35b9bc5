/*
 * Names of published actions by product, so that one that is not served is told apart from one that does not exist.
 * What is served is what each room of the service lists.
 */

/** One published action; `route` where the product goes by method and path. */
export interface PublishedAction {
  readonly name: string;
  readonly route?: { readonly method: string; readonly path: string };
}

const named = (names: string): readonly PublishedAction[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => ({ name }));

export const PUBLISHED_ACTIONS = {
  eventbridge: named(`
    CheckServiceLinkedRoleForProduct CreateEventStreaming CreateServiceLinkedRoleForProduct
    DeleteEventStreaming GetEventStreaming ListEventStreamings PauseEventStreaming StartEventStreaming
    TestEventPattern TestEventSourceConfig UpdateEventStreaming UpdateEventStreamingBusinessOption
  `),
  bss: named(`
    QueryAvailableInstances SetRenewal
  `),
} as const satisfies Record<string, readonly PublishedAction[]>;
