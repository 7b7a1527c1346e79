import { imports } from '../../contract/imports.ts'
import { useAsk } from '../platform/query.ts'

/** What a source of imports is called; its short name until that is known. */
export function useSourceTitle(): (source: string) => string {
  const { data } = useAsk(imports.sources, {})
  return (source) => data?.items.find((one) => one.source === source)?.title ?? source
}
