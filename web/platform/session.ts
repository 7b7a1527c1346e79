import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { mine, type Me } from '../../contract/mine.ts'
import type { Permission } from '../../contract/permissions.ts'
import { ask } from './client.ts'
import { readerIs } from './moments.ts'
import { themeIs } from './theme.ts'

export const meKey = ['me.show', {}] as const

/** The signed-in reader; the frame does not show a page before it is known. */
export const useSession = (): UseQueryResult<Me> =>
  useQuery({
    queryKey: meKey,
    queryFn: async ({ signal }) => {
      const me = await ask(mine.show, {}, signal)
      readerIs(me.settings)
      themeIs(me.settings.theme)
      return me
    },
    staleTime: 60_000,
  })

export const useMe = (): Me | undefined => useSession().data

/** Whether the reader's role holds a permission. Undefined while the reader is not known. */
export function useMay(permission: Permission | 'public' | 'signed-in'): boolean {
  const me = useMe()
  if (permission === 'public') return true
  if (me === undefined) return false
  return permission === 'signed-in' || me.permissions.includes(permission)
}
