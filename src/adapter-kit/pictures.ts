import { createHash } from 'node:crypto';
import type { Painter } from '../contract/painter.ts';
import type { Block, View } from '../contract/view.ts';

type PictureBlock = Extract<Block, { kind: 'picture' }>;

/** A picture as a file; equal pictures have equal names. */
export interface Painted {
  readonly name: string;
  readonly png: Uint8Array;
}

/** Describes what could be painted of a view, by its block. A block that is not here is said in its words. */
export type Pictures = ReadonlyMap<Block, Painted>;

export const NO_PICTURES: Pictures = new Map();

/** Timeouts of pictures, ms. */
export interface PictureTimeouts {
  readonly post: number;
  readonly answer: number;
}

/**
 * A post waits for its pictures before it is sent, and the outbox claims nothing more on its platform until all that it
 * has claimed is through: so a post waits shortly. The picture of an answer follows its words, and holds up nothing.
 */
export const PICTURE_TIMEOUTS: PictureTimeouts = { post: 3_000, answer: 12_000 };

const isPicture = (block: Block): block is PictureBlock => block.kind === 'picture';

/** Paints the pictures of a view. It never fails: a picture that cannot be had in time is left out. */
export async function picturesOf(view: View, painter: Painter): Promise<Pictures> {
  const painted = await Promise.all(
    view.blocks.filter(isPicture).map(async (block): Promise<[Block, Painted][]> => {
      try {
        const png = await painter.png(block.chart);
        return [[block, { name: `${createHash('sha256').update(png).digest('hex').slice(0, 16)}.png`, png }]];
      } catch {
        return [];
      }
    }),
  );
  return new Map(painted.flat());
}
