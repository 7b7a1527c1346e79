import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { impactPicture, needOf, whyNotRelate } from './impact.ts'

describe('a relation', () => {
  it.each([
    ['runs_on', 'vm', 'host'],
    ['connected_to', 'vm', 'host'],
    ['depends_on', 'vm', 'host'],
    ['part_of', 'host', 'vm'],
  ] as const)('%s: %s is affected by %s', (kind, affected, cause) =>
    expect(needOf({ kind, from: 'vm', to: 'host' })).toEqual({ kind, affected, cause }),
  )
  it('is to something else, and nothing runs on a service', () => {
    const a = { kind: 'asset', id: 'a' }
    const b = { kind: 'asset', id: 'b' }
    const s = { kind: 'service', id: 's' }
    expect(whyNotRelate('runs_on', a, a)?.code).toBe('relations.itself')
    expect(whyNotRelate('runs_on', a, s)?.code).toBe('relations.service-carries-nothing')
    expect(whyNotRelate('runs_on', s, a)).toBeNull()
    expect(whyNotRelate('depends_on', a, s)).toBeNull()
    expect(whyNotRelate('connected_to', a, b)).toBeNull()
  })
})

it('draws every node and need, whatever they are called', () => {
  const nodes = [
    { id: 'a', reference: 'AST-1', name: '<script>alert("&")</script>', distance: 0 },
    { id: 'b', reference: 'Payroll', name: '\u0007', distance: 1 },
    { id: 'c', reference: 'AST-3', name: 'x'.repeat(80), distance: 1 },
  ]
  const needs = [needOf({ kind: 'runs_on', from: 'b', to: 'a' }), needOf({ kind: 'runs_on', from: 'c', to: 'a' })]
  const svg = impactPicture(nodes, needs)
  expect(XMLValidator.validate(svg)).toBe(true)
  const read = new XMLParser({ ignoreAttributes: false }).parse(svg) as { svg: { g: unknown[]; line: unknown[] } }
  expect([read.svg.g.length, read.svg.line.length]).toEqual([3, 2])
  expect(svg).not.toContain('<script')
  expect(XMLValidator.validate(impactPicture([], []))).toBe(true)
})
