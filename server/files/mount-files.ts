import type { FastifyInstance } from 'fastify'
import { disposition } from '../platform/disposition.ts'
import { notFound, Problem } from '../platform/errors.ts'
import { isId, newId } from '../platform/identifiers.ts'
import { type Identify, permitted } from '../platform/mount.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import type { FileContents } from './content.ts'
import { insertUpload, visibleFile } from './store.ts'

/** Shown in the page; everything else is only ever downloaded. SVG is a document with scripts, so it is not among them. */
const shownInPage = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** A name as it may be shown and saved: no path, no control or direction characters. */
export const tameName = (name: string | undefined): string => {
  const last = (name ?? '').split(/[\\/]/).at(-1) ?? ''
  return (
    last
      .replace(/[\p{Cc}\p{Bidi_Control}]/gu, '')
      .trim()
      .slice(0, 200)
      .toWellFormed()
      .replace(/^\.+$/, '') || 'file'
  )
}

/** The parser of uploads throws plain errors at what is not multipart; those of the disk carry a code. */
const unreadable = (error: Error): never => {
  throw error instanceof Problem || 'code' in error ? error : new Problem(400, 'files.malformed')
}

/** Uploading and downloading. Served with attachment disposition, `nosniff` (set for all answers) and a sandboxing policy. */
export function mountFiles(platform: Platform, contents: FileContents) {
  return (app: FastifyInstance, identify: Identify): void => {
    const { db } = platform.database
    app.post('/api/v1/files', async (request, reply) => {
      const actor = await permitted(request, identify, 'signed-in')
      if (!request.isMultipart()) throw new Problem(415, 'files.multipart')
      const part = await request.file().catch(unreadable)
      if (part === undefined) throw new Problem(400, 'files.missing')
      const { sha256, size } = await contents.keep(part.file).catch((error: Error) => {
        // whoever is still sending reads the answer only once the rest has been taken
        request.raw.unpipe()
        request.raw.resume()
        return unreadable(error)
      })
      if (part.file.truncated) throw new Problem(413, 'too-large')
      const file = {
        id: newId(),
        name: tameName(part.filename),
        type: /^[\w.+-]+\/[\w.+-]+$/.test(part.mimetype) ? part.mimetype.toLowerCase() : 'application/octet-stream',
        size,
      }
      await runCommand(
        platform,
        actor,
        async (ctx) => {
          await insertUpload(ctx.tx, { ...file, organisation: actor.organisation, sha256, by: actor.id })
          // no name: who may read the log need not see the record the file will belong to
          ctx.record({
            type: 'file.uploaded',
            subject: { kind: 'file', id: file.id },
            after: { type: file.type, size },
          })
        },
        { requestId: request.id },
      )
      return reply.header('cache-control', 'no-store').send(file)
    })
    app.get<{ Params: { id: string } }>('/api/v1/files/:id', async (request, reply) => {
      const actor = await permitted(request, identify, 'signed-in')
      const file = isId(request.params.id)
        ? await visibleFile(db, actor, platform.subjects, request.params.id)
        : undefined
      const content = file === undefined ? null : await contents.open(file.sha256)
      if (file === undefined || content === null) throw notFound('file')
      const inline = shownInPage.has(file.type)
      return reply
        .header('content-type', inline ? file.type : 'application/octet-stream')
        .header('content-length', file.size)
        .header('content-disposition', disposition(inline ? 'inline' : 'attachment', file.name))
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cache-control', 'private, max-age=3600')
        .send(content.body)
    })
  }
}
