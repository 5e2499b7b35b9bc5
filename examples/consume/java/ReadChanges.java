import com.aliyun.dts.subscribe.clients.ConsumerContext;
import com.aliyun.dts.subscribe.clients.ConsumerContext.ConsumerSubscribeMode;
import com.aliyun.dts.subscribe.clients.DTSConsumer;
import com.aliyun.dts.subscribe.clients.DefaultDTSConsumer;
import com.aliyun.dts.subscribe.clients.common.RecordListener;
import com.aliyun.dts.subscribe.clients.record.DefaultUserRecord;
import com.aliyun.dts.subscribe.clients.record.OperationType;
import com.aliyun.dts.subscribe.clients.record.RowImage;
import java.util.Collections;
import java.util.List;

/**
 * Prints the changes that a consumer group reads, with the SDK for change tracking.
 * Arguments: ASSIGN or SUBSCRIBE, then the time to start from in seconds since the epoch; without a time it goes on from
 * its checkpoint. Brokers, topic, account, group id and password come from the environment.
 */
public class ReadChanges {
  public static void main(String[] args) {
    ConsumerSubscribeMode mode = ConsumerSubscribeMode.valueOf(args.length > 0 ? args[0] : "SUBSCRIBE");
    boolean hasTime = args.length > 1;
    String seconds = hasTime ? args[1] : String.valueOf(System.currentTimeMillis() / 1000);

    ConsumerContext context = new ConsumerContext(
        setting("TRACKING_BROKERS"),
        setting("TRACKING_TOPIC"),
        setting("TRACKING_GROUP_ID"),
        setting("TRACKING_ACCOUNT"),
        setting("TRACKING_PASSWORD"),
        seconds,
        mode);
    // Else the checkpoint wins where there is one: in the file localCheckpointStore-<group>, or kept by the service.
    context.setForceUseCheckpoint(hasTime);

    DTSConsumer consumer = new DefaultDTSConsumer(context);
    RecordListener printer = record -> {
      print(record);
      record.commit("");
    };
    consumer.addRecordListeners(Collections.singletonMap("printer", printer));
    consumer.start();
  }

  static String setting(String name) {
    String value = System.getenv(name);
    if (value != null && !value.isEmpty()) return value;
    System.err.println("ReadChanges: set " + name);
    System.exit(2);
    return null;
  }

  static void print(DefaultUserRecord record) {
    OperationType operation = record.getOperationType();
    switch (operation) {
      case BEGIN:
      case COMMIT:
        System.out.println(operation);
        break;
      case DDL:
        System.out.println("DDL " + record.getAfterImage().getValue(0));
        break;
      case INSERT:
      case UPDATE:
      case DELETE:
        List<String> columns = record.getSchema().getFieldNames();
        String table = String.valueOf(record.getAvroRecord().getObjectName());
        System.out.println(operation + " " + table + " " + row(columns, record.getBeforeImage()) + " -> "
            + row(columns, record.getAfterImage()));
        break;
      default: // HEARTBEAT: nothing has changed, and time goes on.
        break;
    }
  }

  static String row(List<String> columns, RowImage image) {
    if (image == null) return "(no row)";
    StringBuilder text = new StringBuilder();
    for (String column : columns) {
      text.append(text.length() == 0 ? "" : " ").append(column).append("=").append(image.getValue(column));
    }
    return text.toString();
  }
}
