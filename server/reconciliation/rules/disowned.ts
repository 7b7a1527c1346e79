import type { Facts, Found } from './facts.ts'

/** Whoever has it by the register says that they have not. It is settled where they were asked. */
export function disowned({ asset, disowned: said }: Facts): Found | null {
  if (said === null || asset?.holder?.kind !== 'person' || asset.holder.id !== said.person) return null
  return {
    kind: 'disowned',
    detail: '',
    since: said.at,
    register: { holder: asset.holder.name, holderId: asset.holder.id },
    seen: { holder: said.name, note: said.note === '' ? null : said.note },
    remedy: null,
  }
}
