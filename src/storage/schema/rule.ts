/** A share of a number, exact: numerator and denominator, and whether reaching it is enough. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number;
  readonly compare: 'more_than' | 'at_least';
}

/** Minimum turnout: a share of the electorate, or a plain number of voters. */
export type Quorum = Share | { readonly count: number };

/** The rule of one decision, frozen with it. */
export interface Rule {
  readonly version: 1;
  readonly basis: 'partner' | 'member';
  readonly method: 'consent' | 'majority';
  readonly quorum: Quorum;
  /** Share of agree + disagree that has to agree. */
  readonly threshold: Share;
  /** Minimum number from each sector of the electorate; zero: not asked. */
  readonly perSector: number;
  readonly secret: boolean;
  /** Closes once everybody has voted and a minimum time has passed. */
  readonly early: boolean;
  /** The forum's least quorum, where the rule's own could come out lower with a greater electorate. */
  readonly quorumFloor?: Quorum;
  /** A coordinator's reason for a rule that is weaker or shorter than the forum's. */
  readonly urgent?: string;
}
