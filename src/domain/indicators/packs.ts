import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { FREQUENCIES } from './periods.ts';

export const PACKS = ['food', 'warning', 'drills', 'partnership', 'money', 'climate'] as const;
export type Pack = (typeof PACKS)[number];

const words = z.object({ id: z.string().min(1).max(1000), en: z.string().min(1).max(1000) });
const aggregate = z.enum(['sum', 'average', 'latest', 'max']);

/** Fields of a proposed indicator: the terms of an indicator without its own figures. */
const proposals = z.array(
  z.strictObject({
    key: z.string().regex(/^[a-z-]{1,40}$/),
    pack: z.enum(PACKS),
    name: words,
    unit: words,
    direction: z.enum(['up', 'down']),
    kind: z.enum(['stock', 'flow', 'cumulative']),
    aggregate,
    partners_aggregate: aggregate,
    frequency: z.enum(FREQUENCIES),
    definition: words,
    /** Source of the definition. */
    source: z.string().min(1).max(200),
  }),
);

/** An indicator that a pack proposes. */
export type Proposal = z.infer<typeof proposals>[number];

/** Reads the file beside the sources or, one folder further up, beside the compiled program. */
function contentOfPacks(): string {
  const beside = ['../../../packs', '../../../../packs'].map(up =>
    fileURLToPath(new URL(`${up}/indicators.json`, import.meta.url)),
  );
  return readFileSync(beside.find(existsSync) ?? beside[0]!, 'utf8');
}

let read: readonly Proposal[] | undefined;

/** The indicators that packs propose, read when they are first asked for. */
export function proposedIndicators(): readonly Proposal[] {
  read ??= proposals.parse(JSON.parse(contentOfPacks()));
  return read;
}
