import type { RenderContext } from '../contract/render-context.ts';
import { type Block, text, type View } from '../contract/view.ts';

/** A card with what became of its thing below. */
export const withHistory = ({ m }: Pick<RenderContext, 'm'>, card: View, history: Block | null): View =>
  history ? { ...card, blocks: [...card.blocks, text(m.core.history), history] } : card;
