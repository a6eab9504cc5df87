/**
 * Describes who may run an action. Everybody in a forum is a member; those who sit for a partner are `partner`, its
 * representative and alternate `representative`. A coordinator is not thereby a representative.
 * `anyone` needs no forum at all.
 */
export type Role = 'anyone' | 'member' | 'partner' | 'representative' | 'coordinator';
