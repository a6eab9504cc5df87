import { isObject, type Json, type JsonObject } from '../../discord/json.ts';

/** Place in a payload, such as ['blocks', 0, 'text']. */
export type Path = readonly (string | number)[];

interface Bounds {
  readonly min?: number;
  readonly max?: number;
  readonly required?: boolean;
}

/** Gathers what is wrong with a payload, in Slack's own words: `[ERROR] … [json-pointer:/blocks/0/text/text]`. */
export class Problems {
  readonly messages: string[] = [];
  /** The block_ids so far, and the action_ids that may not come again. */
  readonly actionIds = new Set<string>();
  readonly blockIds = new Set<string>();
  /** Number of elements that want the focus; one may. */
  focused = 0;

  /** Notes one problem. */
  add(at: Path, message: string): void {
    this.messages.push(`[ERROR] ${message} [json-pointer:/${at.join('/')}]`);
  }

  /** Refuses properties that Slack does not know here. */
  only(at: Path, object: JsonObject, known: readonly string[]): void {
    for (const key of Object.keys(object)) {
      if (!known.includes(key)) this.add(at, `invalid additional property: ${key}`);
    }
  }

  /** A required property of an object. */
  need(at: Path, object: JsonObject, key: string): Json | undefined {
    if (object[key] === undefined) this.add(at, `missing required field: ${key}`);
    return object[key];
  }

  /**
   * A string with a length between the bounds; 1 is the least unless told. Lengths are counted in UTF-16 units, which
   * is never more lenient than Slack.
   */
  string(at: Path, value: Json | undefined, { min = 1, max = 3000, required = false }: Bounds): string {
    if (value === undefined) {
      if (required) this.missing(at);
      return '';
    }
    if (typeof value !== 'string') {
      this.add(at, 'must provide a string');
      return '';
    }
    if (value.length < min) this.add(at, `must be more than ${min - 1} characters`);
    if (value.length > max) this.add(at, `must be less than ${max + 1} characters`);
    return value;
  }

  /** A whole number between the bounds. */
  whole(at: Path, value: Json | undefined, { min = 0, max = Number.MAX_SAFE_INTEGER, required = false }: Bounds): void {
    if (value === undefined) {
      if (required) this.missing(at);
      return;
    }
    if (typeof value !== 'number' || !Number.isInteger(value)) this.add(at, 'must provide an integer');
    else if (value < min) this.add(at, `must be at least ${min}`);
    else if (value > max) this.add(at, `must be at most ${max}`);
  }

  /** A yes or no. */
  flag(at: Path, value: Json | undefined): void {
    if (value !== undefined && typeof value !== 'boolean') this.add(at, 'must provide a boolean');
  }

  /** A list with a length between the bounds; returns its items. */
  list(at: Path, value: Json | undefined, { min = 1, max = 100, required = false }: Bounds): readonly Json[] {
    if (value === undefined) {
      if (required) this.missing(at);
      return [];
    }
    if (!Array.isArray(value)) {
      this.add(at, 'must provide an array');
      return [];
    }
    if (value.length < min) this.add(at, `no fewer than ${min} items allowed`);
    if (value.length > max) this.add(at, `no more than ${max} items allowed`);
    return value;
  }

  /** An object; null and anything else are refused. Returns an empty one where it is missing or wrong. */
  object(at: Path, value: Json | undefined, { required = false }: Pick<Bounds, 'required'> = {}): JsonObject | null {
    if (value === undefined) {
      if (required) this.missing(at);
      return null;
    }
    if (isObject(value)) return value;
    this.add(at, 'must provide an object');
    return null;
  }

  /** One of the allowed words. */
  oneOf(at: Path, value: Json | undefined, allowed: readonly string[]): void {
    if (value === undefined) return;
    if (typeof value !== 'string' || !allowed.includes(value)) {
      this.add(at, `must be a valid enum value: ${allowed.join(', ')}`);
    }
  }

  missing(at: Path): void {
    this.add(at.slice(0, -1), `missing required field: ${at.at(-1)}`);
  }
}
