import type { Tables } from '../../storage/schema/index.ts';

export type Agreement = Tables['agreements']['$inferSelect'];
