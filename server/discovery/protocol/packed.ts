import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, deflate, deflateRaw, gunzip, gzip, inflate, inflateRaw } from 'node:zlib'
import { Problem } from '../../platform/errors.ts'
import type { Packing } from '../rules/media-types.ts'

/** What an inventory may hold once inflated: 64 MB. */
export const mostBytes = 64 * 1024 * 1024

const unpackers = {
  zlib: promisify(inflate),
  gzip: promisify(gunzip),
  deflate: promisify(inflateRaw),
  brotli: promisify(brotliDecompress),
}
const packers = {
  zlib: promisify(deflate),
  gzip: promisify(gzip),
  deflate: promisify(deflateRaw),
  brotli: promisify(brotliCompress),
}

/** Bodies are inflated one after another, so that many bombs at once cost no more memory than one. */
let last: Promise<unknown> = Promise.resolve()
const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
  const turn = last.then(act, act)
  last = turn.catch(() => undefined)
  return turn
}

/** Throws a 413 beyond 64 MB and a 400 where the bytes are not what was said. */
export async function unpacked(body: Buffer, packing: Packing): Promise<Buffer> {
  if (packing === 'none') {
    if (body.length > mostBytes) throw new Problem(413, 'discovery.too-large')
    return body
  }
  try {
    return await inTurn(() => unpackers[packing](body, { maxOutputLength: mostBytes }))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new Problem(413, 'discovery.too-large')
    throw new Problem(400, 'discovery.not-packed', { packing })
  }
}

export const packed = async (text: string | Buffer, packing: Packing): Promise<Buffer> =>
  packing === 'none' ? Buffer.from(text) : packers[packing](Buffer.from(text))
