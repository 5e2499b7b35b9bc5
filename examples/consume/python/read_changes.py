"""Prints the changes that a consumer group reads, with confluent-kafka.

Arguments: subscribe or assign, then the time to start from in seconds since the epoch; without a time it goes on from
what the group has committed. Brokers, topic, account, group id and password come from the environment.
"""
import io
import json
import os
import sys
from datetime import datetime, timezone

from confluent_kafka import OFFSET_BEGINNING, OFFSET_INVALID, Consumer, KafkaError, KafkaException, TopicPartition
from fastavro import parse_schema, schemaless_reader

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "record.avsc")) as file:
    SCHEMA = parse_schema(json.load(file))


def setting(name):
    return os.environ.get(name) or end(f"set {name}")


def end(reason):
    raise SystemExit(f"read_changes: {reason}")


def on_error(error):
    """librdkafka tries all things again, a wrong password too."""
    if error.code() == KafkaError._AUTHENTICATION:
        end(error.str())


TOPIC = setting("TRACKING_TOPIC")
GROUP = setting("TRACKING_GROUP_ID")


def start_at(consumer, seconds):
    """Where to begin: at the time, else where the group is, else with the oldest record."""
    partition = TopicPartition(TOPIC, 0, seconds if seconds is not None else OFFSET_INVALID)
    # The time is in seconds, where Kafka itself has milliseconds.
    find = consumer.offsets_for_times if seconds is not None else consumer.committed
    try:
        found = find([partition], timeout=10)[0]
    except KafkaException as error:
        end(error.args[0].str())
    if found.error:
        end(found.error.str())
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
        return time_text(held, value.get("timezone"))
    if isinstance(held, dict) and "timestamp" in held:
        return f"{datetime.fromtimestamp(held['timestamp'], timezone.utc):%Y-%m-%d %H:%M:%S}.{held['millis']:06} UTC"
    return held


def time_text(held, zone):
    """Of a date the parts of the time are missing, and of a time those of the date."""
    def joined(by, *parts):
        return by.join(f"{held[part]:02}" for part in parts if held[part] is not None)

    date, time = joined("-", "year", "month", "day"), joined(":", "hour", "minute", "second")
    if held["millis"]:  # Microseconds, whatever the name says.
        time += f".{held['millis']:06}"
    return " ".join(part for part in (date, time, zone) if part)


def main(mode="subscribe", seconds=None):
    if mode not in ("subscribe", "assign") or not (seconds is None or seconds.isdigit()):
        end("usage: read_changes.py [subscribe | assign] [seconds since the epoch]")
    consumer = Consumer({
        "bootstrap.servers": setting("TRACKING_BROKERS"),
        "security.protocol": "SASL_PLAINTEXT",
        "sasl.mechanism": "PLAIN",
        "sasl.username": f"{setting('TRACKING_ACCOUNT')}-{GROUP}",
        "sasl.password": setting("TRACKING_PASSWORD"),
        "group.id": GROUP,
        "auto.offset.reset": "earliest",
        "error_cb": on_error,
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
                end(message.error().str())
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
