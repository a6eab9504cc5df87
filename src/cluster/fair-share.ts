/**
 * Counts the pieces of `total` that fall to one of a crew: equal parts, the rest to those who are there longest.
 * The ids of processes sort by when they began, so a newcomer takes from each a little and from nobody all.
 */
export function fairShareOf(total: number, crew: readonly string[], me: string): number {
  const rank = [...crew].sort().indexOf(me);
  if (rank < 0) return 0;
  return Math.floor(total / crew.length) + (rank < total % crew.length ? 1 : 0);
}
