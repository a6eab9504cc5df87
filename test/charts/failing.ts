import { type Painter, Unpainted } from '../../src/contract/painter.ts';

/** A painter that has nothing to give. */
export const noPainter = (): Painter => ({
  png: () => Promise.reject(new Unpainted('none')),
  svg: () => Promise.reject(new Unpainted('none')),
  close: async () => {},
});
