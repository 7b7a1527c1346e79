import { expect, test } from 'vitest'
import { isSignatureOf, seal, signatureOf, unseal } from './sealing.ts'

const secret = Buffer.from('a secret of the tests, long enough to be one')
const other = Buffer.from('another secret, which is long enough as well')

test('what was sealed opens with the same secret and purpose, and with no other', () => {
  const sealed = seal(secret, 'chat', 'https://hooks.example.org/T0/B0/x')
  expect(sealed.toString('latin1')).not.toContain('hooks')
  expect(unseal(secret, 'chat', sealed)).toBe('https://hooks.example.org/T0/B0/x')
  expect(unseal(secret, 'webhooks', sealed)).toBeNull()
  expect(unseal(other, 'chat', sealed)).toBeNull()
  expect(seal(secret, 'chat', 'same')).not.toEqual(seal(secret, 'chat', 'same'))
})

test('an altered byte anywhere is noticed', () => {
  const sealed = seal(secret, 'chat', 'text')
  for (let i = 0; i < sealed.length; i++) {
    const altered = Buffer.from(sealed)
    altered[i]! ^= 1
    expect(unseal(secret, 'chat', altered)).toBeNull()
  }
  expect(unseal(secret, 'chat', Buffer.alloc(5))).toBeNull()
})

test('a signature holds for its text and purpose', () => {
  const signature = signatureOf(secret, 'links', 'one')
  expect(isSignatureOf(secret, 'links', 'one', signature)).toBe(true)
  expect(isSignatureOf(secret, 'links', 'two', signature)).toBe(false)
  expect(isSignatureOf(secret, 'bounces', 'one', signature)).toBe(false)
  expect(isSignatureOf(secret, 'links', 'one', '')).toBe(false)
})
