/**
 * Character sets as the server names them, and as records name them: with Java's names where Java has the same set, because
 * official clients ask Java first, to which `latin1` is another set than to MySQL.
 */
const RECORD_NAMES: Readonly<Record<string, string>> = {
  ascii: "US-ASCII",
  big5: "Big5",
  cp1250: "windows-1250",
  cp1251: "windows-1251",
  cp1256: "windows-1256",
  cp1257: "windows-1257",
  cp850: "IBM850",
  cp852: "IBM852",
  cp866: "IBM866",
  cp932: "windows-31j",
  eucjpms: "x-eucJP-Open",
  euckr: "EUC-KR",
  gb18030: "GB18030",
  gb2312: "GB2312",
  gbk: "GBK",
  greek: "ISO-8859-7",
  hebrew: "ISO-8859-8",
  koi8r: "KOI8-R",
  koi8u: "KOI8-U",
  latin1: "windows-1252",
  latin2: "ISO-8859-2",
  latin5: "ISO-8859-9",
  latin7: "ISO-8859-13",
  macce: "x-MacCentralEurope",
  macroman: "x-MacRoman",
  sjis: "Shift_JIS",
  tis620: "TIS-620",
  ucs2: "UTF-16BE",
  ujis: "EUC-JP",
  utf16: "UTF-16BE",
  utf16le: "UTF-16LE",
  utf32: "UTF-32BE",
  utf8: "UTF-8",
  utf8mb3: "UTF-8",
  utf8mb4: "UTF-8",
};

/** What a text decoder calls them where that is another name. */
const DECODER_NAMES: Readonly<Record<string, string>> = {
  "x-eucJP-Open": "euc-jp",
  "x-MacRoman": "macintosh",
};

export const BINARY = "binary";

/** Those that Java does not have keep MySQL's name. */
export function recordCharset(mysqlName: string): string {
  return RECORD_NAMES[mysqlName.toLowerCase()] ?? mysqlName;
}

/** Text of a name or a label; where no decoder knows the set, each byte as one character. */
export function decodeText(bytes: Uint8Array, mysqlName: string): string {
  const name = recordCharset(mysqlName);
  if (name === "UTF-8") return Buffer.from(bytes).toString("utf8");
  try {
    return new TextDecoder(DECODER_NAMES[name] ?? name).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString("latin1");
  }
}
