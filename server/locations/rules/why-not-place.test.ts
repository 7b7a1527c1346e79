import { describe, expect, it } from 'vitest'
import { type LocationKind, type Place, whyNotKind, whyNotPlace } from './why-not-place.ts'

const place = (id: string, kind: LocationKind, path = `/${id}/`): Place => ({ id, kind, path })

describe('where a location can lie', () => {
  it.each<[LocationKind, Place | null, string | null]>([
    ['room', null, null],
    ['building', place('s', 'site'), null],
    ['room', place('s', 'site'), null],
    ['stock_room', place('r', 'room'), null],
    ['site', place('b', 'building'), 'locations.larger-inside'],
    ['floor', place('r', 'room'), 'locations.larger-inside'],
    ['room', place('x', 'room'), 'locations.circle'],
    ['room', place('r', 'room', '/s/x/r/'), 'locations.circle'],
  ])('a %s in %j: %s', (kind, parent, code) => {
    expect(whyNotPlace({ id: 'x', kind }, parent)?.code ?? null).toBe(code)
  })
  it('becomes no kind that is smaller than what lies in it', () => {
    expect(whyNotKind('room', ['floor'])?.code).toBe('locations.larger-inside')
    expect(whyNotKind('building', ['floor', 'stock_room'])).toBeNull()
  })
})
