import { useDebouncedValue } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { search } from '../../contract/search.ts'
import { t } from '../platform/i18n.ts'
import { useKeyLayers } from '../platform/keys.ts'
import { addressOfSubject, paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { useMay, useMe } from '../platform/session.ts'
import { Choose, type Option } from '../ui/Choose.tsx'
import { places } from './places.ts'

/** Go, act and search in one list: places and the acts of this page at once, records from two letters on. */
export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words.trim(), 120)
  const me = useMe()
  const layers = useKeyLayers()
  const navigate = useNavigate()
  const readsAssets = useMay('assets.read')
  const found = useAsk(search.everything, { q: asked, limit: 12 }, { enabled: opened && asked.length > 1, keep: true })
  const fits = (title: string): boolean => title.toLowerCase().includes(words.trim().toLowerCase())

  const records: Option[] =
    asked.length > 1 && words.trim() !== ''
      ? (found.data?.items ?? []).map((hit) => ({
          id: `hit:${hit.kind}:${hit.id}`,
          title:
            hit.kind === 'ticket' || hit.kind === 'asset' || hit.kind === 'asset_audit'
              ? `${hit.reference}  ${hit.title}`
              : hit.title,
          detail: hit.detail,
          group: t('palette.found'),
        }))
      : []
  const goTo: Option[] = [
    ...places
      .filter((p) => p.permission === 'signed-in' || me?.permissions.includes(p.permission) === true)
      .map((p) => ({ id: `go:${p.to}`, title: t(p.title), group: t('palette.go') })),
    { id: `go:${paths.settings}`, title: t('mySettings.title'), group: t('palette.go') },
    { id: `go:${paths.notifications}`, title: t('notifications.title'), group: t('palette.go') },
  ].filter((option) => fits(option.title))
  const acts: Option[] = layers
    .flatMap((layer, l) =>
      layer.bindings.flatMap((binding, b) =>
        binding.off === true || binding.keys === 'ctrl+k'
          ? []
          : [{ id: `act:${l}:${b}`, title: binding.label, hint: binding.keys.split('|')[0], group: t('palette.act') }],
      ),
    )
    .filter((option) => fits(option.title))

  const choose = (id: string): void => {
    onClose()
    setWords('')
    const [kind, ...rest] = id.split(':')
    if (kind === 'go') void navigate({ to: rest.join(':') })
    if (kind === 'act') setTimeout(() => layers[Number(rest[0])]?.bindings[Number(rest[1])]?.run(), 60)
    const hit = found.data?.items.find((item) => `hit:${item.kind}:${item.id}` === id)
    const to = hit === undefined ? null : addressOfSubject(hit, !readsAssets)
    if (to !== null) void navigate({ href: to } as never)
  }
  return (
    <Choose
      opened={opened}
      title={t('frame.search')}
      options={[...records, ...goTo, ...acts]}
      onChoose={choose}
      onSearch={setWords}
      searching={found.isFetching}
      onClose={() => {
        onClose()
        setWords('')
      }}
    />
  )
}
