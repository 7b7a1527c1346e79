import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { keyFor } from '../platform/sealing.ts'

/** Ed25519 (RFC 8032), made from the installation's secret: the same on every node, and not in the database. */
export interface SealKey {
  sign(head: Buffer): Buffer
  isOurs(head: Buffer, signature: Buffer): boolean
  /** Raw public key, base64url: what an anchor elsewhere needs to check a signature. */
  readonly publicKey: string
}

/** The ASN.1 head of an Ed25519 private key in PKCS#8 (RFC 8410); 32 bytes of seed follow. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

export function sealKey(secret: Buffer): SealKey {
  const seeded = Buffer.concat([pkcs8, keyFor(secret, 'event seals')])
  const privateKey = createPrivateKey({ key: seeded, format: 'der', type: 'pkcs8' })
  const publicKey: KeyObject = createPublicKey(privateKey)
  return {
    sign: (head) => sign(null, head, privateKey),
    isOurs: (head, signature) => signature.length === 64 && verify(null, head, publicKey, signature),
    publicKey: (publicKey.export({ format: 'jwk' }) as { x: string }).x,
  }
}
