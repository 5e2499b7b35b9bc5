import java.io.FileInputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads partition 0 of a topic from the beginning, as an application does, and counts records and the bytes of their values.
 * `measure settings topic count passes` prints `pass seconds records bytes` for each pass.
 * `copy settings topic count brokers` produces the values to the topic `copy` of a cluster without login, as they are.
 */
public class FetchBench {
  public static void main(String[] args) throws Exception {
    Properties settings = new Properties();
    try (FileInputStream file = new FileInputStream(args[1])) {
      settings.load(file);
    }
    TopicPartition partition = new TopicPartition(args[2], 0);
    long count = Long.parseLong(args[3]);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
      consumer.assign(Collections.singletonList(partition));
      if (args[0].equals("copy")) {
        copy(consumer, partition, count, args[4]);
      } else {
        for (int pass = 0; pass < Integer.parseInt(args[4]); pass++) measure(consumer, partition, count);
      }
    }
  }

  static void measure(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long count) {
    consumer.seekToBeginning(Collections.singletonList(partition));
    long records = 0;
    long bytes = 0;
    long begin = System.nanoTime();
    while (records < count) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(1000))) {
        records++;
        bytes += record.value().length;
      }
    }
    System.out.println("pass " + (System.nanoTime() - begin) / 1e9 + " " + records + " " + bytes);
  }

  static void copy(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long count, String brokers)
      throws Exception {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", brokers);
    settings.put("linger.ms", "200");
    settings.put("batch.size", "262144");
    settings.put("key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
    settings.put("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
    consumer.seekToBeginning(Collections.singletonList(partition));
    long records = 0;
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
      while (records < count) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(1000))) {
          if (records++ < count) producer.send(new ProducerRecord<>("copy", 0, record.timestamp(), null, record.value()));
        }
      }
      producer.flush();
    }
    System.out.println("copied " + Math.min(records, count));
  }
}
