import { type Block, text, type View } from '../bot/view.ts';
import type { Look } from './look.ts';

/** A card with what became of its thing below. */
export const withHistory = ({ m }: Pick<Look, 'm'>, card: View, history: Block | null): View =>
  history ? { ...card, blocks: [...card.blocks, text(m.core.history), history] } : card;
