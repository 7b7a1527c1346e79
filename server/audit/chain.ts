import { createHash } from 'node:crypto'

/** A batch as the chain sees it. `sealedAt` is an ISO instant as it is stored. */
export interface Link {
  seq: number
  events: number
  digest: Buffer
  previous: Buffer
  sealedAt: string
}

/** What the first batch names as the one before it. */
export const genesis = Buffer.alloc(32)

/** The hash that stands for a batch and for everything before it; this is what is signed. */
export const headOf = (link: Link): Buffer =>
  createHash('sha256')
    .update(
      [
        'linchpin seal 1',
        link.seq,
        link.events,
        link.digest.toString('hex'),
        link.previous.toString('hex'),
        new Date(link.sealedAt).toISOString(),
      ].join('\n'),
    )
    .digest()
