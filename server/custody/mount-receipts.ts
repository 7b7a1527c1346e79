import type { FastifyInstance } from 'fastify'
import { sentence } from '../platform/catalogue.ts'
import { disposition } from '../platform/disposition.ts'
import { notFound } from '../platform/errors.ts'
import { isId } from '../platform/identifiers.ts'
import { type Identify, permitted } from '../platform/mount.ts'
import { drawPdf, mm } from '../platform/pdf.ts'
import { type Platform, runQuery } from '../platform/platform.ts'
import { custodyById, type StoredCustody } from './custody-store.ts'

/** What was accepted, as a document: the terms as they were shown, who signed and when. For the holder and for whoever reads the register. */
export const mountReceipts =
  (platform: Platform) =>
  (app: FastifyInstance, identify: Identify): void => {
    app.get<{ Params: { id: string } }>('/api/v1/custody/:id/receipt.pdf', async (request, reply) => {
      const actor = await permitted(request, identify, 'signed-in')
      const { id } = request.params
      const found = isId(id)
        ? await runQuery(platform, actor, (ctx) => custodyById(ctx.tx, ctx.actor, id), request.id)
        : undefined
      if (found === undefined || found.acceptance !== 'accepted') throw notFound('receipt')
      return reply
        .header('content-type', 'application/pdf')
        .header('content-disposition', disposition('attachment', `receipt-${found.asset_tag ?? found.id}.pdf`))
        .header('cache-control', 'no-store')
        .send(await receipt(found, actor.zone))
    })
  }

function receipt(c: StoredCustody, zone: string): Promise<Buffer> {
  const what = c.stock_name ?? [c.asset_tag, c.asset_name].filter(Boolean).join(' ')
  const title = sentence('custody.receipt.title', { what })
  return drawPdf({ title, size: 'A4', margin: mm(22) }, (pdf) => {
    pdf.font('bold').fontSize(15).text(title).moveDown()
    pdf.font('plain').fontSize(10)
    const facts = [
      ['what', c.quantity === 1 ? what : `${c.quantity} × ${what}`],
      ['holder', c.holder_name],
      ['by', c.handed_by_name],
      ['at', sentence('custody.receipt.moment', { at: c.handed_at, noticedAt: c.handed_at }, zone)],
      ...(c.due_back_on === null
        ? []
        : [['back', sentence('custody.receipt.day', { dayOn: c.due_back_on }, zone)] as const]),
    ] as const
    for (const [name, value] of facts)
      pdf
        .font('bold')
        .text(sentence(`custody.receipt.${name}`, {}), { continued: true })
        .font('plain')
        .text(`  ${value}`)
    pdf.moveDown().font('bold').text(sentence('custody.receipt.terms', {})).font('plain').moveDown(0.4)
    pdf.text(c.terms_text ?? '', { lineGap: 2 }).moveDown(2)
    pdf
      .font('bold')
      .fontSize(14)
      .text(c.signature ?? '')
    pdf.font('plain').fontSize(10)
    pdf.text(
      sentence('custody.receipt.signed', { holder: c.holder_name, at: c.answered_at, noticedAt: c.answered_at }, zone),
    )
    pdf
      .moveDown()
      .fontSize(8)
      .fillColor('#555')
      .text(sentence('custody.receipt.record', { id: c.id }))
  })
}
