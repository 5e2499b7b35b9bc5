"""Reads a topic with librdkafka: arguments and output as in ReadTopic.java."""

import sys
import time

from confluent_kafka import OFFSET_BEGINNING, OFFSET_END, Consumer, KafkaError, KafkaException, TopicPartition

brokers, user, password, group, topic = sys.argv[1:6]


def say(text):
    print(text, flush=True)


def place(consumer, start):
    if start == "beginning":
        return OFFSET_BEGINNING
    if start == "end":
        return OFFSET_END
    if start.startswith("time:"):
        found = consumer.offsets_for_times([TopicPartition(topic, 0, int(start[5:]))], 20)[0]
        say(f"found {found.offset}")
        return found.offset
    kept = consumer.committed([TopicPartition(topic, 0)], 20)[0]
    # This client sends the text with a zero behind it.
    metadata = kept.metadata.rstrip("\0")
    say(f"committed {kept.offset} {metadata}")
    return kept.offset


def on_error(error):
    # Told here alone: the client tries on with the same password.
    if error.code() == KafkaError._AUTHENTICATION:
        raise KafkaException(error)


def step(mode, start, count):
    consumer = Consumer({
        "bootstrap.servers": brokers,
        "security.protocol": "SASL_PLAINTEXT",
        "sasl.mechanism": "PLAIN",
        "sasl.username": user,
        "sasl.password": password,
        "group.id": group,
        "client.id": "reader",
        "enable.auto.commit": False,
        "auto.offset.reset": "error",
        "socket.timeout.ms": 20000,
        "log_level": 0,
        "error_cb": on_error,
    })
    at = lambda: [TopicPartition(topic, 0, place(consumer, start))]
    if mode == "assign":
        consumer.assign(at())
    elif start == "committed":
        consumer.subscribe([topic])
    else:
        consumer.subscribe([topic], on_assign=lambda one, _: one.assign(at()))
    hold = count.endswith("+")
    wanted = int(count.rstrip("+"))
    read(consumer, wanted, hold, mode == "subscribe" and start != "committed")
    consumer.close()
    say("done")


def read(consumer, wanted, hold, waits):
    got = 0
    is_holding = False
    until = time.time() + 30
    while is_holding or got < wanted or hold or (waits and not consumer.assignment()):
        if not is_holding and time.time() > until:
            return
        message = consumer.poll(0.1)
        if message is not None:
            if message.error():
                raise KafkaException(message.error())
            say(f"{message.offset()}:{message.value().decode()}")
            got += 1
            kept = TopicPartition(topic, 0, message.offset() + 1, f"m{got}")
            consumer.commit(offsets=[kept], asynchronous=False)
        if hold and not is_holding and got >= wanted:
            say("holding")
            is_holding = True


try:
    for one in sys.argv[6:]:
        step(*one.split("/"))
except KafkaException as error:
    say(f"error {error.args[0].name()}: {error.args[0].str()}")
    sys.exit(1)
