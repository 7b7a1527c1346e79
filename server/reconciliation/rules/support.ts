import type { Ended, Facts, Found } from './facts.ts'

/** Products whose support is over: the operating system, and each program once, however many packages it came in. */
const overFor = (kind: 'os_ended' | 'program_ended', { now }: Facts, ended: Ended): Found => ({
  kind,
  // of one product two releases can be there side by side: each ends by itself
  detail: kind === 'os_ended' ? '' : ended.title,
  since: ended.on === null ? now : `${ended.on}T23:59:59Z`,
  register: { endedOn: ended.on, extendedOn: ended.extendedOn },
  seen: { title: ended.title, what: ended.seen },
  remedy: null,
})

const isInUse = ({ asset }: Facts): boolean =>
  asset !== null && ['deployed', 'in_repair', 'reserved', 'in_stock', 'received'].includes(asset.state)

export const osEnded = (facts: Facts): Found | null =>
  facts.os === null || !isInUse(facts) ? null : overFor('os_ended', facts, facts.os)

export const programsEnded = (facts: Facts): Found[] =>
  isInUse(facts) ? facts.programs.map((one) => overFor('program_ended', facts, one)) : []
