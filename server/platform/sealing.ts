import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

/** A key of its own for each purpose, from the secret of the installation (HKDF, RFC 5869). 32 bytes. */
export const keyFor = (secret: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'linchpin', purpose, 32))

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** Encrypts a secret that must come back: an address, a token. The purpose is part of the key: sealed for one, it opens for no other. */
export function seal(secret: Buffer, purpose: string, text: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const sealing = createCipheriv(cipher, keyFor(secret, purpose), nonce)
  const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()])
  return Buffer.concat([nonce, sealing.getAuthTag(), sealed])
}

/** Opens what `seal` made; null where it was altered, or sealed with another secret. */
export function unseal(secret: Buffer, purpose: string, sealed: Buffer): string | null {
  if (sealed.length < nonceBytes + tagBytes) return null
  try {
    const opening = createDecipheriv(cipher, keyFor(secret, purpose), sealed.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    })
    opening.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes))
    return Buffer.concat([opening.update(sealed.subarray(nonceBytes + tagBytes)), opening.final()]).toString('utf8')
  } catch {
    return null
  }
}

/** A signature over a text (HMAC-SHA-256), base64url. */
export const signatureOf = (secret: Buffer, purpose: string, text: string): string =>
  createHmac('sha256', keyFor(secret, purpose)).update(text).digest('base64url')

/** Compares in constant time. */
export function isSignatureOf(secret: Buffer, purpose: string, text: string, signature: string): boolean {
  const expected = Buffer.from(signatureOf(secret, purpose, text))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
