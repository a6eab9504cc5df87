import { build } from './program.ts';

/** Builds before the first test: the program, and every worker of a test, runs what was compiled. */
export function setup(): void {
  try {
    build();
  } catch (cause) {
    throw new Error(`the program is not built (see above): ${(cause as Error).message}`);
  }
}
