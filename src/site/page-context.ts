import type { RenderContext } from '../contract/render-context.ts';
import type { Area } from '../domain/areas/area.ts';
import type { Forum } from '../domain/forums.ts';
import type { LedgerLine } from '../domain/money/chain.ts';
import { showsNames as namesAgreed } from '../domain/publishing.ts';
import type { Markup } from '../language/markup.ts';
import type { Links, Part } from './routes.ts';

/** Describes what every part of a page is handed: whose page, in which language, and where its links go. */
export interface PageContext {
  readonly render: RenderContext;
  readonly forum: Forum;
  readonly links: Links;
  /** The forum's local date. */
  readonly today: string;
  /** The page after this number: only earlier things. */
  readonly before: number | null;
  /** Area outside which nothing is shown; null: everywhere. */
  readonly area: Area | null;
  /** Goes through the ledger up to its last line, as `brokenAt` does, once a day for each state of it. */
  readonly ledgerBroken: (head: LedgerLine) => Promise<number | null>;
  /** End of the preview; null: this is the public page. */
  readonly previewUntil: Date | null;
}

/** Describes what stands on one page, before it is put into its frame. */
export interface Sheet {
  readonly title: string;
  /** Sentence about the page, for people who find or share it. */
  readonly about: string;
  readonly part: Part | null;
  /** The address below the forum's. */
  readonly path: string;
  readonly body: Markup;
}

/** Tells whether people's names may stand on this page. */
export const showsNames = ({ forum }: Pick<PageContext, 'forum'>): boolean => namesAgreed(forum);
