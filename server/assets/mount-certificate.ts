import type { FastifyInstance } from 'fastify'
import type { Disposal, SanitisedMedium } from '../../contract/disposals.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Ctx } from '../platform/ctx.ts'
import { disposition } from '../platform/disposition.ts'
import { notFound } from '../platform/errors.ts'
import { type Identify, permitted } from '../platform/mount.ts'
import { drawPdf } from '../platform/pdf.ts'
import { type Platform, runQuery } from '../platform/platform.ts'
import { showDate } from '../platform/sentences.ts'
import { assetByKey, type StoredAsset } from './assets-store.ts'
import { disposalOf } from './disposals-store.ts'

const word = (key: string) => sentence(`disposals.certificate.${key}`)

/** The certificate of a disposed asset as PDF, with a page of its own for those who read assets. */
export const mountCertificate =
  (platform: Platform) =>
  (app: FastifyInstance, identify: Identify): void => {
    app.get<{ Params: { id: string } }>('/api/v1/assets/:id/certificate.pdf', async (request, reply) => {
      const actor = await permitted(request, identify, 'assets.read')
      const found = await runQuery(platform, actor, (ctx) => certified(ctx, request.params.id), request.id)
      return reply
        .header('content-type', 'application/pdf')
        .header('content-disposition', disposition('attachment', `${found.disposal.certificate}.pdf`))
        .header('cache-control', 'no-store')
        .header('x-content-type-options', 'nosniff')
        .send(await certificatePdf(found.asset, found.disposal))
    })
  }

async function certified(ctx: Ctx, key: string) {
  const asset = await assetByKey(ctx.tx, ctx.actor, key)
  const disposal = asset === undefined ? null : await disposalOf(ctx.tx, asset.id)
  if (asset === undefined || disposal === null) throw notFound('certificate')
  return { asset, disposal }
}

/** One A4 page or more: the thing, its end, and a block for each medium with the fields of NIST SP 800-88 Rev. 1, appendix G. */
export function certificatePdf(asset: StoredAsset, disposal: Disposal): Promise<Buffer> {
  const title = `${word('title')} ${disposal.certificate}`
  return drawPdf({ title, size: 'A4', margin: 56 }, (pdf) => {
    pdf.info.CreationDate = new Date(`${disposal.on}T00:00:00Z`)
    const heading = (text: string, size: number) =>
      pdf.moveDown(0.8).font('bold').fontSize(size).text(text).moveDown(0.3)
    const facts = (entries: readonly (readonly [string, string | null])[]) => {
      for (const [name, value] of entries)
        if (value !== null && value !== '')
          pdf
            .font('bold')
            .fontSize(9)
            .text(`${word(name)}: `, { continued: true })
            .font('plain')
            .text(value)
    }
    heading(title, 16)
    facts([
      ['tag', asset.tag],
      [
        'model',
        [asset.manufacturer_name, asset.model_name ?? asset.category_name, asset.model_number]
          .filter(Boolean)
          .join(' '),
      ],
      ['serial', asset.serial],
      ['method', sentence(`disposals.method.${disposal.method}`)],
      ['recipient', disposal.recipient],
      ['on', showDate(disposal.on)],
      ['by', disposal.by],
    ])
    heading(word('media'), 12)
    if (disposal.noMedia) pdf.font('plain').fontSize(9).text(word('noMedia'))
    for (const medium of disposal.media) {
      facts(factsOf(medium))
      pdf.moveDown(0.6)
    }
    heading(word('signature'), 10)
    pdf.moveDown(2).font('plain').fontSize(9).text('________________________________')
  })
}

const factsOf = (medium: SanitisedMedium): [string, string][] => [
  ['serial', medium.serial],
  ['kind', sentence(`disposals.kind.${medium.kind}`)],
  ['sanitisation', sentence(`disposals.sanitisation.${medium.sanitisation}`)],
  ['how', sentence(`disposals.how.${medium.method}`)],
  ['tool', medium.tool],
  ['verification', sentence(`disposals.verification.${medium.verification}`)],
  ['performedBy', medium.performedBy],
  ['verifiedBy', medium.verifiedBy],
  ['verifiedOn', showDate(medium.verifiedOn)],
]
