import { RecordError } from "./record-error.ts";

/** What Java and MySQL call charsets, where the Encoding standard has another name. */
const NAMES: Readonly<Record<string, string>> = {
  "": "utf-8",
  ascii: "utf-8",
  utf8mb3: "utf-8",
  utf8mb4: "utf-8",
  ucs2: "utf-16be",
  utf16: "utf-16be",
  latin1: "windows-1252",
  latin2: "iso-8859-2",
  latin5: "iso-8859-9",
  latin7: "iso-8859-13",
  greek: "iso-8859-7",
  hebrew: "iso-8859-8",
  tis620: "windows-874",
  cp1250: "windows-1250",
  cp1251: "windows-1251",
  cp1256: "windows-1256",
  cp1257: "windows-1257",
  koi8r: "koi8-r",
  koi8u: "koi8-u",
  gb2312: "gbk",
  sjis: "shift_jis",
  cp932: "shift_jis",
  ujis: "euc-jp",
  eucjpms: "euc-jp",
  "x-eucjp-open": "euc-jp",
  euckr: "euc-kr",
  macroman: "macintosh",
  "x-macroman": "macintosh",
};

type Decoder = InstanceType<typeof TextDecoder>;

/** There are some forty encodings, and more ways to write their names than may be kept. */
const DECODERS_MAX = 100;
const NAME_LENGTH_MAX = 40;

const decoders = new Map<string, Decoder>();

/** Text in a charset that Java, MySQL or the Encoding standard names. Throws a RecordError for any other. */
export function decodeText(charset: string, bytes: Uint8Array): string {
  let decoder = decoders.get(charset);
  if (decoder === undefined) {
    decoder = open(charset);
    if (decoders.size < DECODERS_MAX) decoders.set(charset, decoder);
  }
  return decoder.decode(bytes);
}

function open(charset: string): Decoder {
  const name = charset.slice(0, NAME_LENGTH_MAX + 1).toLowerCase();
  try {
    if (name.length > NAME_LENGTH_MAX) throw new RangeError("the name is too long");
    return new TextDecoder(NAMES[name] ?? name);
  } catch (error) {
    const message = `no decoder for the charset ${JSON.stringify(charset.slice(0, NAME_LENGTH_MAX))}`;
    throw new RecordError("UNKNOWN_CHARSET", message, { cause: error });
  }
}
