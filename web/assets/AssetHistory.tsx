import { assets } from '../../contract/assets.ts'
import { useAskPages } from '../platform/query.ts'
import { History } from '../ui/History.tsx'

/** Everything that happened to an asset. */
export const AssetHistory = ({ id }: { id: string }) => <History of={useAskPages(assets.history, { id, limit: 30 })} />
