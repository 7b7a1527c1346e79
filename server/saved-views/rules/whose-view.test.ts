import fc from 'fast-check'
import { expect, test } from 'vitest'
import { may, roles } from '../../../contract/permissions.ts'
import { type Keeper, whyNotChange, whyNotKeep, whyNotShare } from './whose-view.ts'

const who = (given: Partial<Keeper>): Keeper => ({ person: 'me', role: 'technician', teams: ['field'], ...given })

test.each([
  ['one’s own', {}, { owner_id: 'me', shared: 'nobody' }, null],
  ['another’s', {}, { owner_id: 'other', shared: 'everyone' }, 'saved-views.not-yours'],
  ['another’s, by whoever looks after people', { role: 'coordinator' }, { owner_id: 'other', shared: 'team' }, null],
  ['another’s own', { role: 'coordinator' }, { owner_id: 'other', shared: 'nobody' }, 'saved-views.not-yours'],
  ['anybody’s, by a key', { person: null }, { owner_id: 'other', shared: 'team' }, 'saved-views.not-yours'],
] as const)('%s is changed', (_, given, view, code) => {
  expect(whyNotChange(who(given), view)?.code ?? null).toBe(code)
})

test.each([
  [{}, 'nobody', null, null],
  [{}, 'everyone', null, null],
  [{}, 'team', 'field', null],
  [{}, 'team', 'finance', 'saved-views.not-your-team'],
  [{}, 'team', null, 'saved-views.team-needed'],
  [{ role: 'coordinator' }, 'team', 'finance', null],
  [{ role: 'requester' }, 'nobody', null, null],
  [{ role: 'requester' }, 'everyone', null, 'saved-views.share-staff-only'],
] as const)('%o shares with %s %s: %s', (given, shared, team, code) => {
  expect(whyNotShare(who(given), shared, team)?.code ?? null).toBe(code)
})

test('keys keep none, and nobody without the people shares anything', () => {
  expect(whyNotKeep(who({ person: null }))?.code).toBe('saved-views.persons-only')
  expect(whyNotKeep(who({}))).toBeNull()
  fc.assert(
    fc.property(fc.constantFrom(...roles), fc.constantFrom('team', 'everyone' as const), (role, shared) => {
      const allowed = whyNotShare(who({ role, teams: ['t'] }), shared, 't') === null
      expect(allowed).toBe(may(role, 'people.read'))
    }),
  )
})
