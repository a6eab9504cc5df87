/** The things that have a code in a forum. */
export type Thing =
  | 'activity'
  | 'issue'
  | 'strategy'
  | 'indicator'
  | 'goal'
  | 'agreement'
  | 'entry'
  | 'partner'
  | 'reminder'
  | 'poll'
  | 'action'
  | 'assessment';
