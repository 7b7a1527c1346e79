import type { FirstKey } from './platform/catalogue.ts'
import type { Permission } from '../contract/permissions.ts'

/** How the four states of a page come about in the browser journeys. */
export interface PageStates {
  /** An address with something to show; `{ticket}` and the like are filled in by the journeys from the running server. */
  data: string
  /** `no-items`: every question answers an empty list. `not-found`: the record of the address does not exist. `form`: a form, empty as it opens. */
  empty: 'no-items' | 'not-found' | 'form'
  /** `query-fails`: every question answers 500. `act-fails`: there is no question; the act of the form answers 500. */
  error: 'query-fails' | 'act-fails'
  /** `forbidden`: the reader lacks the permission. `public`: the page is for everybody; a spent link stands in for it. */
  noPermission: 'forbidden' | 'public'
}

export interface PageSpec {
  id: string
  path: string
  title: FirstKey
  permission: Permission | 'public' | 'signed-in'
  /** Names of the actions it asks when it opens. */
  queries: readonly string[]
  states: PageStates
}

export const list = (data: string): PageStates => ({
  data,
  empty: 'no-items',
  error: 'query-fails',
  noPermission: 'forbidden',
})
export const record = (data: string): PageStates => ({
  data,
  empty: 'not-found',
  error: 'query-fails',
  noPermission: 'forbidden',
})
export const form = (data: string): PageStates => ({
  data,
  empty: 'form',
  error: 'query-fails',
  noPermission: 'forbidden',
})
export const open = (data: string): PageStates => ({ data, empty: 'form', error: 'act-fails', noPermission: 'public' })
