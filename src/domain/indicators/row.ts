import type { Tables } from '../../storage/schema/index.ts';

export type Indicator = Tables['indicators']['$inferSelect'];
