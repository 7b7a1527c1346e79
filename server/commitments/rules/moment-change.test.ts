import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type KnownMoment, momentChange } from './moment-change.ts'

const now = 1000
const known = (phase: KnownMoment['phase'], at = 2000): KnownMoment => ({ phase, at })

describe('a moment of a record', () => {
  it.each<[string, KnownMoment | null, number | null, string]>([
    ['begins', null, 2000, 'start'],
    ['is not named', null, null, 'leave'],
    ['is over before anybody knew', null, 900, 'leave'],
    ['stays', known('running'), 2000, 'leave'],
    ['stays while it is late', known('running', 500), 500, 'leave'],
    ['moves', known('running'), 3000, 'retarget'],
    ['moves on when it is late', known('running', 500), 3000, 'retarget'],
    ['turns out to be over', known('running'), 900, 'cancel'],
    ['goes away', known('paused'), null, 'cancel'],
    ['was done', known('stopped'), 2000, 'leave'],
    ['was waived', known('waived'), 2000, 'leave'],
    ['was done and comes again', known('stopped'), 3000, 'start'],
    ['comes back', known('cancelled'), 2000, 'start'],
    ['stays away', known('cancelled'), null, 'leave'],
  ])('%s', (_, before, wanted, change) => expect(momentChange(before, wanted, now)).toBe(change))

  it.each<[string, KnownMoment | null, number | null, string]>([
    ['begins', null, 2000, 'start'],
    ['begins though the same was done', known('stopped'), 2000, 'start'],
    ['begins though the same was waived', known('waived'), 2000, 'start'],
    ['takes the place of what is open', known('running'), 2000, 'replace'],
    ['takes the place of what is open, for another moment', known('paused'), 3000, 'replace'],
    ['only ends what is open when it is over already', known('running'), 900, 'cancel'],
    ['only ends what is open when there is none', known('running'), null, 'cancel'],
    ['is not named', known('stopped'), null, 'leave'],
    ['is over before anybody knew', known('stopped', 900), 900, 'leave'],
  ])('promised anew %s', (_, before, wanted, change) => expect(momentChange(before, wanted, now, true)).toBe(change))

  it('is settled once it was acted on', () => {
    const phases = fc.constantFrom<KnownMoment['phase']>('running', 'paused', 'stopped', 'waived', 'cancelled')
    const moment = fc.integer({ min: 0, max: 5000 })
    fc.assert(
      fc.property(
        fc.option(fc.record({ phase: phases, at: moment })),
        fc.option(moment),
        moment,
        (before, wanted, at) => {
          const change = momentChange(before, wanted, at)
          const after: KnownMoment | null =
            change === 'start' || change === 'retarget'
              ? { phase: 'running', at: wanted! }
              : change === 'cancel'
                ? { phase: 'cancelled', at: before!.at }
                : before
          expect(momentChange(after, wanted, at)).toBe('leave')
        },
      ),
    )
  })
})
