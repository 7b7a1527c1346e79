import { ActionIcon, SegmentedControl, Select, Stack } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type Asset, assets } from '../../contract/assets.ts'
import { type Relation, relationKinds, type RelationNode, relations, services } from '../../contract/relations.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { tellFailed } from '../ui/told.ts'

const NodeLink = ({ node }: { node: RelationNode }) =>
  node.kind === 'asset' ? (
    <Link to={paths.asset(node.reference)}>
      {node.reference} {node.name}
    </Link>
  ) : (
    <Link to={paths.services}>{node.reference}</Link>
  )

/** What an asset is to others, and what an outage of it takes along. */
export function AssetRelations({ asset }: { asset: Asset }) {
  const [adding, add] = useState(false)
  const writer = useMay('assets.write')
  const asked = useAsk(relations.list, { id: asset.id })
  const impact = useAsk(relations.impact, { id: asset.id })
  const remove = useAct(relations.remove)
  const items = asked.data?.items ?? []
  const affected = (impact.data?.nodes ?? []).filter((node) => node.distance > 0)
  const sideOf = (r: Relation) =>
    r.from.id === asset.id
      ? { words: t(`relations.${r.kind}`), other: r.to }
      : { words: t(`relations.back.${r.kind}`), other: r.from }
  return (
    <Section
      title={t('relations.title')}
      actions={
        <ActionButton action={relations.relate} variant="default" onClick={() => add(true)}>
          {t('relations.add')}
        </ActionButton>
      }
    >
      {asked.data === undefined ? (
        asked.error === null ? (
          <Loading rows={2} />
        ) : (
          <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />
        )
      ) : items.length === 0 ? (
        <p className="soft">{t('relations.none')}</p>
      ) : (
        <Facts
          entries={[...Map.groupBy(items, (r) => sideOf(r).words)].map(([words, list]) => [
            words,
            <ul key={words} style={{ margin: 0, padding: 0, listStyle: 'none' }}>
              {list.map((r) => (
                <li key={r.id} style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
                  <NodeLink node={sideOf(r).other} />
                  {writer && (
                    <ActionIcon
                      size={24}
                      aria-label={t('relations.remove', { what: `${words} ${sideOf(r).other.reference}` })}
                      onClick={() => remove.mutate({ id: r.id }, { onError: tellFailed })}
                    >
                      <IconX size={13} />
                    </ActionIcon>
                  )}
                </li>
              ))}
            </ul>,
          ])}
        />
      )}
      {affected.length > 0 && (
        <>
          <p>{t('relations.impact', { n: affected.length })}</p>
          <ol style={{ margin: '0 0 8px', paddingInlineStart: 20 }}>
            {affected.map((node) => (
              <li key={node.id}>
                <NodeLink node={node} />
              </li>
            ))}
          </ol>
          <a href={`/api/v1/assets/${asset.id}/impact.svg`} download>
            {t('relations.picture')}
          </a>
          <p className="soft">
            {t('relations.whose', {
              names: [...(impact.data?.teams ?? []), ...(impact.data?.holders ?? [])].map((one) => one.name).join(', '),
              any: (impact.data?.teams.length ?? 0) + (impact.data?.holders.length ?? 0) > 0 ? 'yes' : 'no',
            })}
          </p>
        </>
      )}
      {adding && <RelateForm asset={asset} onClose={() => add(false)} />}
    </Section>
  )
}

function RelateForm({ asset, onClose }: { asset: Asset; onClose: () => void }) {
  const relate = useAct(relations.relate, { onDone: onClose })
  return (
    <RecordForm
      title={t('relations.add')}
      verb={t('relations.add')}
      fields={[
        {
          name: 'kind',
          label: t('relations.kind', { tag: asset.tag }),
          type: 'choose',
          required: true,
          options: relationKinds.flatMap((kind) => [
            { value: kind, label: t(`relations.${kind}`) },
            { value: `back ${kind}`, label: t(`relations.back.${kind}`) },
          ]),
        },
        {
          name: 'other',
          label: t('relations.other'),
          required: true,
          type: 'own',
          render: ({ value, set }) => (
            <OtherField
              value={(value as { kind: 'asset' | 'service'; id: string } | undefined) ?? null}
              onChange={set}
            />
          ),
        },
      ]}
      start={{ kind: 'runs_on' }}
      busy={relate.isPending}
      error={relate.error}
      onSubmit={({ kind, other }) => {
        const [way, back] = String(kind).startsWith('back ') ? [String(kind).slice(5), true] : [String(kind), false]
        const self = { kind: 'asset', id: asset.id }
        relate.mutate({ kind: way, ...(back ? { from: other, to: self } : { from: self, to: other }) } as never)
      }}
      onClose={onClose}
    />
  )
}

/** The other side: an asset found by its words, or a service. */
function OtherField({
  value,
  onChange,
}: {
  value: { kind: 'asset' | 'service'; id: string } | null
  onChange: (other: { kind: 'asset' | 'service'; id: string } | null) => void
}) {
  const [kind, setKind] = useState<'asset' | 'service'>('asset')
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words.trim(), 200)
  const found = useAsk(assets.list, { ...(asked === '' ? {} : { q: asked }), limit: 20 }, { keep: true })
  const known = useAsk(services.list, { active: true }, { enabled: kind === 'service' })
  const options =
    kind === 'asset'
      ? (found.data?.items ?? []).map((row) => ({
          value: row.id,
          label: `${row.tag} ${row.name || row.model?.name || ''}`,
        }))
      : (known.data?.items ?? []).map((row) => ({ value: row.id, label: row.name }))
  return (
    <Stack gap={6}>
      <SegmentedControl
        size="xs"
        aria-label={t('relations.otherKind')}
        data={[
          { value: 'asset', label: t('asset.title') },
          { value: 'service', label: t('services.one') },
        ]}
        value={kind}
        onChange={(next) => {
          setKind(next)
          onChange(null)
        }}
      />
      <Select
        label={t('relations.other')}
        required
        searchable
        data={options}
        filter={({ options: all }) => all}
        value={value?.id ?? null}
        onSearchChange={setWords}
        nothingFoundMessage={t('choose.nothing')}
        onChange={(id) => onChange(id === null ? null : { kind, id })}
      />
    </Stack>
  )
}
