import { AwsClient } from 'aws4fetch'
import { openAsBlob } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import type { ObjectStore } from '../platform/config.ts'
import { Problem } from '../platform/errors.ts'
import type { FileContents } from './content.ts'
import { intoFile } from './into-file.ts'

/**
 * Contents in an S3-compatible store. An upload is first written to this machine, because its hash names the object and is signed with it
 * (the store refuses a body that does not have it); nothing is held in memory.
 */
export class ObjectContents implements FileContents {
  readonly #client: AwsClient
  readonly #base: string
  readonly #partial: string
  readonly #cache: string

  constructor(store: ObjectStore, dataDir: string) {
    const { accessKeyId, secretAccessKey, region } = store
    this.#client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 3 })
    this.#base = `${store.endpoint}/${store.bucket}/${store.prefix}`
    this.#partial = join(dataDir, 'files', 'partial')
    this.#cache = join(dataDir, 'files', 'cache')
  }

  async #ask(method: 'PUT' | 'GET' | 'HEAD' | 'DELETE', sha256: Buffer, body?: Blob): Promise<Response> {
    const hex = sha256.toString('hex')
    let answer: Response
    try {
      answer = await this.#client.fetch(`${this.#base}${hex}`, {
        method,
        // without a body: the hash of nothing, which the client makes itself
        headers: body === undefined ? {} : { 'x-amz-content-sha256': hex, 'content-type': 'application/octet-stream' },
        ...(body === undefined ? {} : { body }),
      })
    } catch {
      throw new Problem(503, 'files.store-away')
    }
    if (answer.ok || answer.status === 404) return answer
    await answer.body?.cancel()
    throw answer.status >= 500
      ? new Problem(503, 'files.store-away')
      : new Error(`the file store answered ${answer.status} to ${method}`)
  }

  async keep(content: Readable): Promise<{ sha256: Buffer; size: number }> {
    const { path, sha256, size } = await intoFile(this.#partial, content)
    try {
      const answer = await this.#ask('PUT', sha256, await openAsBlob(path))
      await answer.body?.cancel()
      if (answer.status === 404) throw new Error('the file store has no such bucket')
      return { sha256, size }
    } finally {
      await rm(path, { force: true })
    }
  }

  async open(sha256: Buffer): Promise<{ size: number; body: Readable } | null> {
    const answer = await this.#ask('GET', sha256)
    if (answer.status === 404 || answer.body === null) {
      await answer.body?.cancel()
      return null
    }
    return {
      size: Number(answer.headers.get('content-length')),
      body: Readable.fromWeb(answer.body as unknown as WebStream),
    }
  }

  async exists(sha256: Buffer): Promise<boolean> {
    const answer = await this.#ask('HEAD', sha256)
    return answer.ok
  }

  async remove(sha256: Buffer): Promise<void> {
    const answer = await this.#ask('DELETE', sha256)
    await answer.body?.cancel()
  }

  async localPath(sha256: Buffer): Promise<string> {
    const path = join(this.#cache, sha256.toString('hex'))
    if ((await stat(path).catch(() => null)) !== null) return path
    const found = await this.open(sha256)
    if (found === null) throw Object.assign(new Error('there is no such content'), { code: 'ENOENT' })
    const fetched = await intoFile(this.#cache, found.body)
    if (!fetched.sha256.equals(sha256)) {
      await rm(fetched.path, { force: true })
      throw new Error('the file store answered another content than was asked for')
    }
    await rename(fetched.path, path)
    return path
  }
}
