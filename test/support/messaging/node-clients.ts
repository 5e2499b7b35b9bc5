import {
  type ConsumeResult,
  type MessageView,
  Producer,
  type ProducerOptions,
  PushConsumer,
  type PushConsumerOptions,
  SimpleConsumer,
  type SimpleConsumerOptions,
} from "rocketmq-client-nodejs";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

interface Started {
  startup(): Promise<void>;
  shutdown(): Promise<void>;
}

/** Official clients of one listener, all closed at once. */
export class NodeClients {
  readonly #endpoints: string;
  readonly #credentials: { accessKey: string; accessSecret: string } | undefined;
  readonly #started: Started[] = [];

  constructor(port: number, credentials?: { accessKey: string; accessSecret: string }) {
    this.#endpoints = `127.0.0.1:${port}`;
    this.#credentials = credentials;
  }

  producer(options: Partial<ProducerOptions> = {}): Promise<Producer> {
    return this.#start(new Producer({ ...this.#common(), ...options }));
  }

  simpleConsumer(
    options: Partial<SimpleConsumerOptions> & Pick<SimpleConsumerOptions, "consumerGroup" | "subscriptions">,
  ): Promise<SimpleConsumer> {
    return this.#start(new SimpleConsumer({ ...this.#common(), awaitDuration: 2_000, ...options }));
  }

  pushConsumer(
    options: Partial<PushConsumerOptions> & Pick<PushConsumerOptions, "consumerGroup" | "subscriptions">,
    consume: (message: MessageView) => Promise<ConsumeResult>,
  ): Promise<PushConsumer> {
    return this.#start(new PushConsumer({ ...this.#common(), messageListener: { consume }, ...options }));
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#started.splice(0).map((client) => client.shutdown()));
  }

  #common() {
    return {
      endpoints: this.#endpoints,
      namespace: "",
      logger: silent,
      ...(this.#credentials && { sessionCredentials: this.#credentials }),
    };
  }

  /** One that fails to start is closed, too: it would go on trying. */
  async #start<C extends Started>(client: C): Promise<C> {
    this.#started.push(client);
    await client.startup();
    return client;
  }
}
