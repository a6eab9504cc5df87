/** Numbered pieces of one work, such as the shards of a gateway: each is held by one process at a time. */
export interface Pieces {
  /** Reads how many there should be; what is agreed upon changes only while nobody holds any. */
  wanted(): Promise<number>;
  /** Takes a piece: it is this process's from now on. */
  take(piece: number, of: number): void;
  /** Gives a piece up; resolves once nothing is done with it. */
  drop(piece: number): Promise<void>;
}

/** Part of this process in a work. */
export interface Division {
  /** Releases all pieces to other processes, if there are any, and competes for none during `forMs`. */
  stepBack(forMs: number): void;
  /** Drops what is held and gives it to the others. */
  stop(): Promise<void>;
}

/** Describes what all processes of the bot do together on one database. */
export interface Sharing {
  /** Takes part in a work from now on, with a fair part of it; the first part is taken when this resolves. */
  divide(work: string, pieces: Pieces): Promise<Division>;
  /** Waits for one's turn at what all processes together may do once in so many milliseconds. */
  turn(what: string, everyMs: number, signal?: AbortSignal): Promise<void>;
}
