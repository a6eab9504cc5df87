import fc from 'fast-check';
import { isLong } from './sizes.ts';

const SEED = 20_261_130;

// Every run of the suite meets the same cases, so that what fails here fails everywhere; the long run looks for others.
fc.configureGlobal(isLong ? {} : { seed: SEED });

export { fc };
