import { presetKinds, type ClockConditions, type Target } from '../../contract/service-levels.ts'

const never: ClockConditions = { start: [], pause: [], resume: [], stop: [], cancel: [], reset: [] }
const plain = { pauseIn: [], resetOnReopen: false, ladder: [] }

export const isPreset = (kind: string): boolean => (presetKinds as readonly string[]).includes(kind)

/** What a target begins with when it is added: a known kind, a promise of a team on hand-over, or one's own. */
export const newTarget = {
  preset: (kind: string): Target => ({ ...plain, kind, seconds: 4 * 3600 }),
  own: (): Target => ({
    ...plain,
    kind: '',
    party: 'customer',
    seconds: 8 * 3600,
    when: { ...never, start: [{ on: 'opened' }], stop: [{ on: 'resolved' }, { on: 'closed' }] },
  }),
  team: (): Target => ({
    ...plain,
    kind: '',
    party: 'team',
    seconds: 4 * 3600,
    when: {
      ...never,
      start: [{ on: 'queue-entered' }],
      reset: [{ on: 'queue-entered' }],
      stop: [{ on: 'queue-left' }, { on: 'resolved' }, { on: 'closed' }],
    },
  }),
}
