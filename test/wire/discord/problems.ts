import { ApiError } from './errors.ts';
import { isObject, type Json, type JsonObject } from './json.ts';

export type Path = readonly (string | number)[];

interface Bounds {
  min?: number;
  max?: number;
  required?: boolean;
}

/** Gathers what is wrong with a request body and answers it the way Discord does (50035 with a tree of `_errors`). */
export class Problems {
  readonly #tree: JsonObject = {};
  #any = false;

  /** Notes one problem at a path such as ['embeds', 0, 'title']. */
  add(path: Path, code: string, message: string): void {
    this.#any = true;
    let node = this.#tree;
    for (const step of path) {
      const key = String(step);
      const next = node[key];
      if (isObject(next)) node = next;
      else {
        const fresh: JsonObject = {};
        node[key] = fresh;
        node = fresh;
      }
    }
    const list = node._errors;
    const entry = { code, message };
    if (Array.isArray(list)) list.push(entry);
    else node._errors = [entry];
  }

  /**
   * A text with a length between the bounds. Lengths are counted in UTF-16 units, which is never more lenient than
   * Discord. Returns the text, or undefined when it is missing or wrong.
   */
  text(at: Path, value: Json | undefined, { min = 0, max = Number.POSITIVE_INFINITY, required = false }: Bounds) {
    if (value === undefined || value === null) {
      if (required) this.add(at, 'BASE_TYPE_REQUIRED', 'This field is required');
      return undefined;
    }
    if (typeof value !== 'string') {
      this.add(at, 'STRING_TYPE_CONVERT', 'Could not interpret value as string.');
      return undefined;
    }
    if (required && value.trim() === '' && min > 0) {
      this.add(at, 'BASE_TYPE_REQUIRED', 'This field is required');
    } else if (value.length < min || value.length > max) {
      if (min > 0) this.add(at, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
      else this.add(at, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
    }
    return value;
  }

  /** A whole number between the bounds; missing is fine unless required. */
  whole(at: Path, value: Json | undefined, { min = -(2 ** 53), max = 2 ** 53, required = false }: Bounds) {
    if (value === undefined || value === null) {
      if (required) this.add(at, 'BASE_TYPE_REQUIRED', 'This field is required');
      return undefined;
    }
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      this.add(at, 'NUMBER_TYPE_COERCE', `Value "${JSON.stringify(value)}" is not int.`);
      return undefined;
    }
    if (value < min) this.add(at, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${min}.`);
    if (value > max) this.add(at, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
    return value;
  }

  /** A list with a length between the bounds; returns its items (empty when it is missing or wrong). */
  list(at: Path, value: Json | undefined, { min = 0, max = Number.POSITIVE_INFINITY, required = false }: Bounds) {
    if (value === undefined || value === null) {
      if (required) this.add(at, 'BASE_TYPE_REQUIRED', 'This field is required');
      return [];
    }
    if (!Array.isArray(value)) {
      this.add(at, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
      return [];
    }
    if (value.length < min || value.length > max) {
      this.add(at, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
    }
    return value;
  }

  /** One of the allowed values. */
  choice(at: Path, value: Json | undefined, allowed: readonly (number | string)[]) {
    if (typeof value === 'number' || typeof value === 'string') {
      if (allowed.includes(value)) return;
    }
    this.add(at, 'BASE_TYPE_CHOICES', `Value must be one of (${allowed.join(', ')}).`);
  }

  /** Throws 50035 when anything was noted. */
  refuse(): void {
    if (this.#any) throw new ApiError(50035, this.#tree);
  }
}
