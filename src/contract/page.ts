/** A page that is asked for over HTTP. */
export interface Visit {
  readonly path: string;
  readonly query: URLSearchParams;
  /** Version that the reader has already (`If-None-Match`). */
  readonly has: string | null;
  /** True if the reader takes compressed content. */
  readonly zip: boolean;
}

/** Describes what is sent back, and how. */
export interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes of the page, whole or part by part. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
}
