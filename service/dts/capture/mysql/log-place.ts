import { type BinlogEvent, readRotate } from "./events.ts";

const WORD = 0x1_0000_0000;
/** Where a file's first event begins. */
export const FIRST_POSITION = 4;

/** Where the reading is: behind the last event that lies in a file. */
export class LogPlace {
  file: string;
  position: number;
  /** Where that event begins. */
  eventAt: number;

  constructor(file: string, position: number) {
    this.file = file;
    this.position = position;
    this.eventAt = position;
  }

  /** Events have the lower half of their end's place only. */
  follow({ isArtificial, endPosition }: BinlogEvent): void {
    this.eventAt = this.position;
    if (isArtificial || endPosition === 0) return;
    const upper = this.position - (this.position % WORD);
    this.position = upper + endPosition + (upper + endPosition < this.position ? WORD : 0);
  }

  rotate(event: BinlogEvent): void {
    const { file, position } = readRotate(event);
    this.file = file;
    this.position = Math.max(position, FIRST_POSITION);
  }
}
