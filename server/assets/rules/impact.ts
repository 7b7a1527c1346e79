import type { Relation } from '../../../contract/relations.ts'
import type { Refusal } from '../../platform/errors.ts'

/** Who is affected when what fails: a whole needs its parts; in every other relation the first needs the second. */
export interface Need {
  readonly kind: Relation['kind']
  readonly affected: string
  readonly cause: string
}
export const needOf = (r: { kind: Relation['kind']; from: string; to: string }): Need =>
  r.kind === 'part_of'
    ? { kind: r.kind, affected: r.to, cause: r.from }
    : { kind: r.kind, affected: r.from, cause: r.to }

/** Null where one can be said to be that to the other. */
export function whyNotRelate(
  kind: Relation['kind'],
  from: { kind: string; id: string },
  to: { kind: string; id: string },
): Refusal | null {
  if (from.id === to.id) return { code: 'relations.itself' }
  // a device does not run on what it serves
  return kind !== 'depends_on' && kind !== 'part_of' && to.kind === 'service' && from.kind === 'asset'
    ? { code: 'relations.service-carries-nothing' }
    : null
}

const width = 190
const height = 40
const across = 260
const down = 60
const plain = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/\p{Cc}/gu, ' ')
const short = (text: string): string => (text.length > 26 ? `${text.slice(0, 25)}…` : text)

/** The impact as a picture (SVG 1.1): what failed on the left, what it takes along in columns by distance, a line for each need. */
export function impactPicture(
  nodes: readonly { id: string; reference: string; name: string; distance: number }[],
  needs: readonly Need[],
): string {
  const columns = Map.groupBy(nodes, (n) => n.distance)
  const at = new Map<string, { x: number; y: number }>()
  for (const [distance, column] of columns)
    column.forEach((n, i) => at.set(n.id, { x: 20 + distance * across, y: 20 + i * down }))
  const wide = 40 + Math.max(0, ...columns.keys()) * across + width
  const high = 40 + (Math.max(1, ...[...columns.values()].map((c) => c.length)) - 1) * down + height
  const lines = needs.flatMap(({ affected, cause }) => {
    const [a, b] = [at.get(cause), at.get(affected)]
    if (a === undefined || b === undefined) return []
    const forward = b.x > a.x
    const [x1, x2] = forward ? [a.x + width, b.x] : [a.x + width / 2, b.x + width / 2]
    const [y1, y2] = forward ? [a.y + height / 2, b.y + height / 2] : [a.y + height, b.y]
    return [`<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#5a636d" marker-end="url(#to)"/>`]
  })
  const boxes = nodes.map((n) => {
    const { x, y } = at.get(n.id)!
    const [fill, line] = n.distance === 0 ? ['#fcecea', '#b3261e'] : ['#ffffff', '#0b6478']
    return (
      `<g><title>${plain(`${n.reference} ${n.name}`)}</title><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="5" fill="${fill}" stroke="${line}"/>` +
      `<text x="${x + 10}" y="${y + 17}" font-weight="bold">${plain(short(n.reference))}</text><text x="${x + 10}" y="${y + 32}">${plain(short(n.name))}</text></g>`
    )
  })
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}" font-family="DejaVu Sans, sans-serif" font-size="11" fill="#1b1f23">` +
    `<defs><marker id="to" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="#5a636d"/></marker></defs>` +
    `<rect width="100%" height="100%" fill="#f6f7f8"/>${lines.join('')}${boxes.join('')}</svg>`
  )
}
