import { custodies, type Custody } from '../../contract/custody.ts'
import { useAsk } from '../platform/query.ts'

/** The devices the reader has, to choose one of; empty while that is not known. */
export function useDevices() {
  const asked = useAsk(custodies.mine, {})
  return { ...asked, options: (asked.data?.items ?? []).flatMap(optionOf) }
}

const optionOf = (held: Custody) =>
  held.asset === null || held.ended !== null
    ? []
    : [
        <option key={held.id} value={held.asset.id}>
          {`${held.asset.tag} ${held.asset.name}`.trim()}
        </option>,
      ]
