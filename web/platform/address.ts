import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

export type AddressFields = Record<string, string | undefined>

/** Plain `a=b&c=d`, so that an address can be read, written by hand and sent to a colleague. */
export const parseSearch = (text: string): AddressFields => Object.fromEntries(new URLSearchParams(text))
export const stringifySearch = (fields: Record<string, unknown>): string => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

/** Filters, sort, columns, selection and the open panel live in the address. */
export function useAddress(): [AddressFields, (change: AddressFields, how?: { push?: boolean }) => void] {
  const fields = useSearch({ strict: false }) as AddressFields
  const navigate = useNavigate()
  const change = useCallback(
    (next: AddressFields, how: { push?: boolean } = {}) => {
      void navigate({
        to: '.',
        search: (before: AddressFields) => ({ ...before, ...next }),
        replace: how.push !== true,
        resetScroll: false,
      } as never)
    },
    [navigate],
  )
  return [fields, change]
}
