import type { Line } from "./line.ts";

/*
 * Every metric that published pages name for RocketMQ, 4.x and 5.x in one namespace: the product's pages "Monitoring
 * and alerting" and "Dashboard", CloudMonitor's appendix of metrics, and the vendor's own catalogue of what
 * DescribeMetricMetaList answers. Where they differ on a statistic both are taken.
 */

export const rocketmqGroups = [
  ["ConsumerLag", "messages that a group has not consumed", "count", "Sum"],
  ["ConsumerLagLatencyPerGid", "age of the oldest message not consumed", "ms", "Maximum"],
  ["ReadyMessages", "messages ready for a group", "count", "Sum"],
  ["ReadyMessageQueueTime", "how long the oldest ready message waits", "ms", "Maximum"],
  ["SendMessageCountPerGid", "messages that the producers of a group send (4.x)", "count/min", "Sum"],
  ["ReceiveMessageCountPerGid", "messages that a group receives", "count/min", "Sum"],
  ["SendDLQMessageCountPerGid", "messages of a group that become dead letters", "count/min", "Sum"],
  ["ThrottledReceiveRequestsPerGid", "throttled requests of a group", "count/min", "Sum"],
] as const satisfies readonly Line[];

export const rocketmqGroupTopics = [
  ["ConsumerLagPerGidTopic", "messages of a topic that a group has not consumed", "count", "Sum"],
  ["ConsumerLagLatencyPerGidTopic", "age of the oldest message of a topic not consumed", "ms", "Maximum"],
  ["ReadyMessagesPerGidTopic", "messages of a topic ready for a group", "count", "Sum"],
  ["ReadyMessageQueueTimePerGidTopic", "how long the oldest ready message of a topic waits", "ms", "Maximum"],
  [
    "SendMessageCountPerGidTopic",
    "messages that the producers of a group send to a topic (4.x)",
    "count/min",
    "Sum",
  ],
  ["ReceiveMessageCountPerGidTopic", "messages of a topic that a group receives", "count/min", "Sum"],
  ["SendDLQMessageCountPerGidTopic", "messages of a topic that become dead letters", "count/min", "Sum"],
  ["ThrottledReceiveRequestsPerGidTopic", "throttled requests of a group for a topic", "count/min", "Sum"],
] as const satisfies readonly Line[];

export const rocketmqTopics = [
  ["SendMessageCountPerTopic", "messages sent to a topic", "count/min", "Sum"],
  ["ReceiveMessageCountPerTopic", "messages received from a topic", "count/min", "Sum"],
  ["ThrottledSendRequestsPerTopic", "throttled requests to send to a topic", "count/min", "Sum"],
] as const satisfies readonly Line[];

export const rocketmqInstances = [
  ["SendMessageCountPerInstance", "messages sent to an instance", "count/min", "Sum"],
  ["ReceiveMessageCountPerInstance", "messages received from an instance", "count/min", "Sum"],
  ["ThrottledSendRequestsPerInstance", "throttled requests to send to an instance", "count/min", "Sum"],
  ["ThrottledReceiveRequestsPerInstance", "throttled requests to receive", "count/min", "Sum"],
  ["MessageRetentionPeriod", "how long messages are kept", "hour", "Minimum"],
  ["InstanceApiCallTps", "calls of an instance", "count/s", "Sum"],
  ["InstanceApiCallTpsMax", "peak of the calls of an instance", "count/s", "Sum"],
  ["InstanceTpsUtilization", "calls in relation to what was bought", "%", "Value"],
  ["InstanceSendApiCallTps", "peak of the calls that send (5.x)", "count/s", "Maximum"],
  ["InstanceSendTpsUtilization", "calls that send in relation to what was bought (5.x)", "%", "Value"],
  ["InstanceReceiveApiCallTps", "peak of the calls that receive (5.x)", "count/s", "Maximum"],
  ["InstanceReceiveTpsUtilization", "calls that receive in relation to what was bought (5.x)", "%", "Value"],
  ["InstanceOnlineClients", "clients that are connected", "count", "Sum"],
  ["InstanceOnlineClientsUtilization", "connected clients in relation to the limit", "%", "Maximum"],
  ["InstanceActiveConnection", "connections in use", "count/s", "Maximum"],
  ["InstanceTrafficRX", "traffic in from the Internet", "bit/s", "Maximum"],
  ["InstanceTrafficTX", "traffic out to the Internet", "bit/s", "Maximum"],
  ["InstanceTrafficRXUtilization", "traffic in, in relation to the bandwidth", "%", "Maximum"],
  ["InstanceTrafficTXUtilization", "traffic out, in relation to the bandwidth", "%", "Maximum"],
  ["InstanceDropTrafficRX", "traffic in that was dropped", "bit/s", "Maximum"],
  ["InstanceDropTrafficTX", "traffic out that was dropped", "bit/s", "Maximum"],
  [
    "InstanceInternetFlowoutBandwidth",
    "traffic out to the Internet (5.x instances)",
    "byte/s",
    "Maximum",
    "Sum",
  ],
  ["InstanceStorageSize", "what an instance stores (5.x)", "byte", "Sum"],
] as const satisfies readonly Line[];
