import type { RenderContext } from '../contract/render-context.ts';
import type { Area } from '../domain/areas/area.ts';
import type { Span } from '../domain/calendar.ts';
import type { Forum } from '../domain/forums.ts';
import type { Member } from '../domain/people.ts';
import { aboutPerson } from '../domain/privacy/data-export.ts';
import type { Locale } from '../language/locale.ts';
import { catalogue } from '../language/messages.ts';
import { oneAnswer } from '../storage/once.ts';
import type { Reader } from '../storage/store.ts';
import { archive } from './archive.ts';
import { type Format, type ReportFile, reportFile } from './files.ts';
import { type PublicFile, publicFile } from './public/file.ts';

/** Order of something large that is made of a record, as plain data, so that a thread can be asked for it. */
export type Order =
  | {
      readonly kind: 'report';
      readonly forum: Forum;
      readonly span: Span;
      readonly format: Format;
      /** The address of the forum's public page, or its path where the installation does not know it. */
      readonly page?: string;
      /** Area outside which nothing is told. */
      readonly area?: Area;
      readonly now: Date;
    }
  /** A file of the public page, in the words of a language; `page` is the page's address where it is known. */
  | {
      readonly kind: 'public';
      readonly forum: Forum;
      readonly file: PublicFile;
      readonly locale: Locale;
      readonly page: string | null;
      readonly now: Date;
    }
  /** All that is stored about a person; packed where it is larger than so many bytes. */
  | { readonly kind: 'person'; readonly member: Member; readonly maximumBytes: number };

/** Describes what comes of an order, by its kind. */
export interface Products {
  readonly report: ReportFile;
  readonly public: Uint8Array;
  readonly person: { readonly name: string; readonly type: string; readonly bytes: Uint8Array };
}

export type ProductOf<O extends Order> = Products[O['kind']];

/** Hears how many of so many parts are done. */
export type OnProgress = (done: number, of: number) => void;

/** Makes what is ordered. */
export function productOf<O extends Order>(db: Reader, order: O, onProgress: OnProgress): Promise<ProductOf<O>> {
  const made = oneAnswer<Products[Order['kind']]>(() => {
    if (order.kind === 'person') return personFile(db, order);
    const { forum, now } = order;
    const { id: forumId, zone } = forum;
    const { locale } = order.kind === 'public' ? order : forum;
    const context: RenderContext = { db, forumId, now, m: catalogue[locale], locale, zone };
    if (order.kind === 'public') return publicFile(context, forum, order.file, order.page);
    const { span, format, page, area } = order;
    return reportFile(context, forum, span, format, {
      ...(page !== undefined && { page }),
      ...(area && { area }),
      onProgress,
    });
  });
  return made as Promise<ProductOf<O>>;
}

async function personFile(
  db: Reader,
  { member, maximumBytes }: Extract<Order, { kind: 'person' }>,
): Promise<Products['person']> {
  const json = `${JSON.stringify(await aboutPerson(db, member), null, 2)}\n`;
  if (Buffer.byteLength(json) <= maximumBytes)
    return { name: 'rembug.json', type: 'application/json', bytes: Buffer.from(json) };
  return { name: 'rembug.zip', type: 'application/zip', bytes: await archive([['rembug.json', [json]]]) };
}
