import { createHash } from 'node:crypto';
import type { Painter } from './painter.ts';
import type { Block, View } from './view.ts';

type PictureBlock = Extract<Block, { kind: 'picture' }>;

/** A picture as a file; equal pictures have equal names. */
export interface Painted {
  readonly name: string;
  readonly png: Uint8Array;
}

/** What could be painted of a view, by its block. A block that is not here is said in its words. */
export type Pictures = ReadonlyMap<Block, Painted>;

export const NO_PICTURES: Pictures = new Map();

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
