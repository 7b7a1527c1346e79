import { expect, test } from 'vitest'
import type { PageStates } from '../../web/page-spec.ts'
import { contractActions } from '../support/contract-actions.ts'
import { lookAtEachState } from './page-states.ts'
import { allPages } from './support.ts'

const actions = [...(await contractActions()).values()]

test('every page says how its four states come about', () => {
  const known: Record<keyof PageStates, string[]> = {
    data: [],
    empty: ['no-items', 'not-found', 'form'],
    error: ['query-fails', 'act-fails'],
    noPermission: ['forbidden', 'public'],
  }
  for (const page of allPages) {
    expect(page.states.data, page.id).toMatch(/^\//)
    for (const state of ['empty', 'error', 'noPermission'] as const)
      expect(known[state], `${page.id}: ${state}`).toContain(page.states[state])
    if (page.states.error === 'query-fails')
      expect(page.queries.length, `${page.id} asks nothing that could fail`).toBeGreaterThan(0)
    for (const name of page.queries)
      expect(
        actions.map((action) => action.name),
        page.id,
      ).toContain(name)
  }
})

lookAtEachState((place) => place % 2 === 0)
