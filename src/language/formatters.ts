import { BoundedMap } from '../runtime/bounded-map.ts';

/** Maximum number of formatters remembered of each kind: languages times the manners in which we print, and zones. */
const MAXIMUM_FORMATTERS = 200;

/** Remembers what `make` makes by its arguments. Making a formatter costs a hundred times what using it does. */
function remembering<Options extends object, Format>(make: (tag: string, options?: Options) => Format) {
  const made = new BoundedMap<string, Format>(MAXIMUM_FORMATTERS);
  return (tag: string, options?: Options): Format => {
    const key = options ? tag + JSON.stringify(options) : tag;
    const known = made.get(key);
    if (known) return known;
    const format = make(tag, options);
    made.set(key, format);
    return format;
  };
}

/** A formatter of numbers of a BCP 47 tag. */
export const numberFormat = remembering(
  (tag, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options),
);

/** A formatter of dates of a BCP 47 tag; the options name the zone. */
export const dateFormat = remembering(
  (tag, options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options),
);
