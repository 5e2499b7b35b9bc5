import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic as the clients of change tracking do. Arguments: brokers user password group topic, then one or more steps
 * mode/start/count, each done by a consumer of its own, in this JVM, one behind the other. Mode is assign or subscribe;
 * start is committed, beginning, end or time:N. Prints `offset:value` for each record and `done` for each step. A count
 * that ends with + goes on polling afterwards: it prints `holding` and does so until it is ended. What is called otherwise in
 * older clients is in the Calls.java of two folders, of which one is compiled with this.
 */
public class ReadTopic {
  public static void main(String[] args) {
    try {
      for (int at = 5; at < args.length; at++) step(args, args[at].split("/"));
    } catch (Exception error) {
      System.out.println("error " + error.getClass().getSimpleName() + ": " + error.getMessage());
      System.exit(1);
    }
  }

  static Properties settings(String[] args) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", args[0]);
    settings.put("security.protocol", "SASL_PLAINTEXT");
    settings.put("sasl.mechanism", "PLAIN");
    settings.put("sasl.jaas.config", "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
        + args[1] + "\" password=\"" + args[2] + "\";");
    settings.put("group.id", args[3]);
    settings.put("enable.auto.commit", "false");
    settings.put("auto.offset.reset", "none");
    settings.put("key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
    settings.put("value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
    settings.put("client.id", "reader");
    return settings;
  }

  static void step(String[] args, String[] step) {
    boolean assign = step[0].equals("assign");
    boolean hold = step[2].endsWith("+");
    int count = Integer.parseInt(step[2].replace("+", ""));
    TopicPartition partition = new TopicPartition(args[4], 0);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings(args))) {
      if (assign) consumer.assign(Collections.singletonList(partition));
      else subscribe(consumer, args[4], step[1].equals("committed"));
      start(consumer, partition, step[1], assign);
      read(consumer, partition, count, hold);
    }
  }

  static void subscribe(KafkaConsumer<byte[], byte[]> consumer, String topic, boolean fromCommitted) {
    consumer.subscribe(Collections.singletonList(topic));
    if (fromCommitted) return;
    long until = System.currentTimeMillis() + 20_000;
    while (consumer.assignment().isEmpty() && System.currentTimeMillis() < until) {
      try {
        Calls.poll(consumer, 50);
      } catch (NoOffsetForPartitionException none) {
        // The position is set afterwards.
      }
    }
  }

  static void start(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, String start, boolean assign) {
    if (start.equals("beginning")) {
      consumer.seekToBeginning(Collections.singletonList(partition));
    } else if (start.equals("end")) {
      consumer.seekToEnd(Collections.singletonList(partition));
    } else if (start.startsWith("time:")) {
      Map<TopicPartition, OffsetAndTimestamp> found =
          consumer.offsetsForTimes(Collections.singletonMap(partition, Long.parseLong(start.substring(5))));
      System.out.println("found " + found.get(partition).offset());
      consumer.seek(partition, found.get(partition).offset());
    } else if (assign && start.equals("committed")) {
      OffsetAndMetadata kept = Calls.committed(consumer, partition);
      System.out.println("committed " + kept.offset() + " " + kept.metadata());
      consumer.seek(partition, kept.offset());
    }
  }

  static void read(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, int count, boolean hold) {
    long until = System.currentTimeMillis() + 30_000;
    int got = 0;
    while (got < count && System.currentTimeMillis() < until) {
      ConsumerRecords<byte[], byte[]> records = Calls.poll(consumer, 100);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (got == count) break;
        System.out.println(record.offset() + ":" + new String(record.value(), StandardCharsets.UTF_8));
        got++;
        consumer.commitSync(Collections.singletonMap(partition, new OffsetAndMetadata(record.offset() + 1, "m" + got)));
      }
    }
    if (hold) {
      Calls.poll(consumer, 100);
      System.out.println("holding");
      while (true) Calls.poll(consumer, 100);
    }
    System.out.println("done");
  }
}
