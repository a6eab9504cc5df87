import { Refusal } from '../src/bot/refusal.ts';

/** Refuses a span of local dates that ends before it begins. */
export function forward(from: string | undefined, to: string | undefined): void {
  if (from && to && from > to) throw new Refusal('invalid_option', m => m.finance.backwards, { option: 'to' });
}
