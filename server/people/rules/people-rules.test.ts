import { describe, expect, it } from 'vitest'
import {
  whyNotDeactivate,
  whyNotDemote,
  whyNotGrant,
  whyNotHandOver,
  whyNotInvite,
  whyNotManagedBy,
} from './people-rules.ts'
import { whyNotSignIn } from './signing-in.ts'

const person = { active: true, role: 'technician', otherAdministrators: 1, self: false, by: 'coordinator' }

describe('whyNotDeactivate', () => {
  it.each([
    [{}, null],
    [{ active: false }, 'people.not-active'],
    [{ self: true }, 'people.not-oneself'],
    [{ role: 'administrator' }, 'people.only-administrators'],
    [{ role: 'administrator', by: 'administrator' }, null],
    [{ role: 'administrator', by: 'administrator', otherAdministrators: 0 }, 'people.last-administrator'],
  ])('%j: %s', (given, code) => {
    expect(whyNotDeactivate({ ...person, ...given })?.code ?? null).toBe(code)
  })
})

it('keeps an administrator', () => {
  expect(whyNotDemote({ role: 'administrator', otherAdministrators: 0 }, 'coordinator')?.code).toBe(
    'people.last-administrator',
  )
  expect(whyNotDemote({ role: 'administrator', otherAdministrators: 0 }, 'administrator')).toBeNull()
  expect(whyNotDemote({ role: 'administrator', otherAdministrators: 1 }, null)).toBeNull()
})

it('hands over what is owned to somebody active', () => {
  expect(whyNotHandOver(0, null)).toBeNull()
  expect(whyNotHandOver(3, null)).toEqual({ code: 'people.name-successor', params: { owned: 3 } })
  expect(whyNotHandOver(3, { active: false })?.code).toBe('people.successor-not-active')
  expect(whyNotHandOver(3, { active: true })).toBeNull()
})

it('invites by address, grants within one’s own role, and bends no chain of managers into a circle', () => {
  expect(whyNotInvite({ active: true, email: null })?.code).toBe('people.no-address')
  expect(whyNotInvite({ active: false, email: 'a@example.test' })?.code).toBe('people.not-active')
  expect(whyNotGrant('coordinator', 'administrator')?.code).toBe('people.grant-administrator')
  expect(whyNotGrant('administrator', 'administrator')).toBeNull()
  expect(whyNotManagedBy('a', ['b', 'a'])?.code).toBe('people.manager-circle')
  expect(whyNotManagedBy('a', ['b', 'c'])).toBeNull()
})

it('keeps a locked or closed account out, until the lock runs out', () => {
  const now = '2026-05-17T14:00:00Z'
  expect(whyNotSignIn({ disabled: true, lockedUntil: null }, now)?.code).toBe('sign-in.closed')
  expect(whyNotSignIn({ disabled: false, lockedUntil: '2026-05-17T14:01:00Z' }, now)).toEqual({
    code: 'sign-in.locked',
    params: { retrySeconds: 60 },
  })
  expect(whyNotSignIn({ disabled: false, lockedUntil: now }, now)).toBeNull()
})
