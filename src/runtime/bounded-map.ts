/**
 * A map with a maximum size: what was set last stays longest, and the oldest entry goes when one too many is set.
 * Reading an entry does not make it younger; setting it again does.
 */
export class BoundedMap<K, V> extends Map<K, V> {
  readonly #maximum: number;

  constructor(maximum: number) {
    super();
    this.#maximum = maximum;
  }

  override set(key: K, value: V): this {
    this.delete(key);
    super.set(key, value);
    const [oldest] = this.keys();
    if (this.size > this.#maximum && oldest !== undefined) this.delete(oldest);
    return this;
  }
}
