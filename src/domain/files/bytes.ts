/** Maximum length of a piece that is looked through for words, bytes: metadata is shorter. */
const MAXIMUM_SEARCHED = 1_048_576;

/**
 * The bytes of a file that lies in pieces of one size, read and overwritten where they lie. What is outside reads as zero
 * and takes nothing, so that a damaged file needs no care.
 */
export class Bytes {
  readonly #parts: readonly Buffer[];
  readonly #size: number;
  readonly #from: number;
  readonly length: number;

  constructor(parts: readonly Buffer[], from = 0, to = parts.reduce((sum, part) => sum + part.length, 0)) {
    this.#parts = parts;
    this.#size = parts[0]?.length ?? 1;
    this.#from = from;
    this.length = Math.max(0, to - from);
  }

  /** A part of these bytes; nothing is copied. */
  sub(from: number, to = this.length): Bytes {
    const start = Math.min(Math.max(0, from), this.length);
    const end = Math.min(Math.max(start, to), this.length);
    return new Bytes(this.#parts, this.#from + start, this.#from + end);
  }

  byte(at: number): number {
    if (at < 0 || at >= this.length) return 0;
    const place = this.#from + at;
    return this.#parts[Math.floor(place / this.#size)]![place % this.#size]!;
  }

  /** An unsigned number of some bytes, six at most. */
  uint(at: number, bytes: number, isLittle = false): number {
    let value = 0;
    for (let i = 0; i < bytes; i++) value = value * 256 + this.byte(at + (isLittle ? bytes - 1 - i : i));
    return value;
  }

  /** A copy of a piece. */
  copy(from: number, to = this.length): Buffer {
    const piece = this.sub(from, to);
    const made = Buffer.alloc(piece.length);
    for (let at = 0; at < piece.length; ) {
      const place = piece.#from + at;
      const part = this.#parts[Math.floor(place / this.#size)]!;
      at += part.copy(made, at, place % this.#size);
    }
    return made;
  }

  text(from: number, to: number): string {
    return this.copy(from, to).toString('latin1');
  }

  write(at: number, bytes: Uint8Array): void {
    bytes.forEach((byte, i) => {
      const place = this.#from + at + i;
      if (at + i < this.length) this.#parts[Math.floor(place / this.#size)]![place % this.#size] = byte;
    });
  }

  fill(value: number, from = 0, to = this.length): void {
    const piece = this.sub(from, to);
    for (let at = 0; at < piece.length; ) {
      const place = piece.#from + at;
      const part = this.#parts[Math.floor(place / this.#size)]!;
      const start = place % this.#size;
      const end = Math.min(part.length, start + piece.length - at);
      part.fill(value, start, end);
      at += end - start;
    }
  }

  /** Tells whether a word stands in them. What is too long to be looked through is taken to hold it. */
  holds(word: string): boolean {
    return this.length > MAXIMUM_SEARCHED || this.copy(0).includes(word);
  }
}
