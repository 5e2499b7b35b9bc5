"""Prints the changes that a consumer group reads, with confluent-kafka.

Arguments: subscribe or assign, then the time to start from in seconds since the epoch; without a time it goes on from
what the group has committed. Brokers, topic, account, group id and password come from the environment.
"""
import io
import json
import os
import sys

from confluent_kafka import OFFSET_BEGINNING, OFFSET_INVALID, Consumer, TopicPartition
from fastavro import parse_schema, schemaless_reader

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "record.avsc")) as file:
    SCHEMA = parse_schema(json.load(file))
TOPIC = os.environ["TRACKING_TOPIC"]
GROUP = os.environ["TRACKING_GROUP_ID"]


def start_at(consumer, seconds):
    """Where to begin: at the time, else where the group is, else with the oldest record."""
    partition = TopicPartition(TOPIC, 0, seconds if seconds is not None else OFFSET_INVALID)
    # The time is in seconds, where Kafka itself has milliseconds.
    find = consumer.offsets_for_times if seconds is not None else consumer.committed
    found = find([partition], timeout=10)[0]
    return TopicPartition(TOPIC, 0, found.offset if found.offset >= 0 else OFFSET_BEGINNING)


def row(columns, image):
    if not isinstance(image, list):
        return "(no row)"
    return " ".join(f"{column['name']}={text(value)}" for column, value in zip(columns, image))


def text(value):
    """The records of the schema hold a `value`, times their parts."""
    if not isinstance(value, dict):
        return value
    held = value.get("value", value)
    if isinstance(held, bytes):
        return held.decode(value.get("charset") or "latin-1", "replace")
    if isinstance(held, dict) and "year" in held:
        date = "{year}-{month}-{day} {hour}:{minute}:{second}".format(**held)
        return f"{date} {value['timezone']}" if "timezone" in value else date
    return held


def main(mode="subscribe", seconds=None):
    consumer = Consumer({
        "bootstrap.servers": os.environ["TRACKING_BROKERS"],
        "security.protocol": "SASL_PLAINTEXT",
        "sasl.mechanism": "PLAIN",
        "sasl.username": f"{os.environ['TRACKING_ACCOUNT']}-{GROUP}",
        "sasl.password": os.environ["TRACKING_PASSWORD"],
        "group.id": GROUP,
        "auto.offset.reset": "earliest",
    })
    time = int(seconds) if seconds is not None else None
    if mode == "assign":
        consumer.assign([start_at(consumer, time)])
    else:
        consumer.subscribe([TOPIC], on_assign=lambda own, _: own.assign([start_at(own, time)]))
    try:
        while True:
            message = consumer.poll(1.0)
            if message is None:
                continue
            if message.error():
                raise SystemExit(f"read_changes: {message.error()}")
            record = schemaless_reader(io.BytesIO(message.value()), SCHEMA)
            operation, columns = record["operation"], record["fields"]
            if operation == "DDL":
                print("DDL", record["afterImages"], flush=True)
            elif operation in ("INSERT", "UPDATE", "DELETE"):
                images = row(columns, record["beforeImages"]), row(columns, record["afterImages"])
                print(operation, record["objectName"], *(" -> ".join(images),), flush=True)
            elif operation in ("BEGIN", "COMMIT"):
                print(operation, flush=True)
    except KeyboardInterrupt:
        pass
    finally:
        consumer.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
